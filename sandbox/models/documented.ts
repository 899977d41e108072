import { random } from '../seededRandom';
import { bodyProperties, type OpenApiDocument, type Schema } from '../schema/openapi';
import { CHAT_TAG, ENDPOINT_KINDS, type EndpointKind } from './kinds';
import type { EndpointPath, Model, ModelInfo } from './model';
import type { Pricing } from './pricing';

/** Words in a schema that imply an input modality. */
const INPUT_HINTS: Record<string, RegExp> = {
	image: /"image_urls?"|"image_list"|"image"/,
	file: /"file_data"|"document"/,
	audio: /"input_audio"|"audio_url"|"audio"/,
	video: /"video_urls?"/,
};

/** Facts in an index that aren't in the document; missing ones are derived or invented. */
export interface IndexedFacts extends Pick<Model, 'successStatus' | 'variant'> {
	catalog?: Partial<Omit<Model, 'id' | 'endpoint' | 'document' | 'info'>> & {
		info?: Partial<ModelInfo>;
	};
}

/**
 * Creates the catalog entry of a documented model. Facts missing in the index are derived from the schema;
 * name, limits and price are invented deterministically: of kind `variable` for some models, none for
 * others, and by resolution if the schema has one.
 */
export function describeModel(
	id: string,
	endpoint: EndpointPath,
	document: OpenApiDocument,
	{ catalog: { info, ...facts } = {}, successStatus, variant }: IndexedFacts = {},
): Model {
	const [vendor, name] = id.includes('/') ? id.split(/\/(.*)/s) : ['', id];
	const properties = bodyProperties(document);
	const kind = ENDPOINT_KINDS[endpoint];
	return {
		id,
		aliases: [],
		endpoint,
		info: {
			name,
			developer: vendor || 'Unknown',
			description: `Documented at ${endpoint}.`,
			releasedAt: '2025-01-01',
			...(kind.countsTokens && TOKEN_LIMITS),
			url: '',
			docsUrl: '',
			...info,
		},
		tags: [kind.tag],
		modalities: { input: inputsOf(properties), output: kind.output },
		capabilities: capabilitiesOf(endpoint, properties),
		pricing: inventPricing(id, kind, properties),
		...facts,
		document,
		successStatus,
		variant,
	};
}

const TOKEN_LIMITS = { contextLength: 128000, outputMax: 16384, cutoffAt: '2024-06-01' };

function inputsOf(properties: Record<string, Schema>): string[] {
	const schema = JSON.stringify(properties);
	const found = Object.keys(INPUT_HINTS).filter((modality) => INPUT_HINTS[modality].test(schema));
	return ['text', ...found];
}

function capabilitiesOf(endpoint: EndpointPath, properties: Record<string, Schema>): string[] {
	const inputs = inputsOf(properties);
	const isVideo = endpoint === '/v2/video/generations';
	const isChat = ENDPOINT_KINDS[endpoint].tag === CHAT_TAG;
	const declared: Record<string, boolean> = {
		vision: isChat && inputs.includes('image'),
		file_input: isChat && inputs.includes('file'),
		tools: 'tools' in properties,
		parallel_tool_calls: 'parallel_tool_calls' in properties,
		structured_output: 'response_format' in properties && isChat,
		streaming: isChat && 'stream' in properties,
		text_to_video: isVideo && 'prompt' in properties,
		image_to_video: isVideo && inputs.includes('image'),
		audio_generation: 'generate_audio' in properties,
	};
	return Object.keys(declared).filter((capability) => declared[capability]);
}

function inventPricing(
	id: string,
	{ rates }: EndpointKind,
	properties: Record<string, Schema>,
): Pricing | undefined {
	const quoted = random('pricing', id);
	if (quoted < 0.05) return undefined;
	if (quoted < 0.1) return { kind: 'variable' };
	const units = rates.map(({ unit, from, to, per }) => {
		const price = from + random('price', id, unit) * (to - from);
		return { unit, price: Number(price.toPrecision(2)), per };
	});
	const resolutions = properties.resolution?.enum;
	if (!Array.isArray(resolutions)) return { kind: 'fixed', units };
	return {
		kind: 'variants',
		dimensions: ['resolution'],
		variants: resolutions.flatMap((resolution, step) =>
			units.map(({ unit, price, per }) => ({
				when: { resolution },
				price: Number((price * (step + 1)).toPrecision(2)),
				unit,
				per,
			})),
		),
	};
}
