import type { Schema } from '../../schema/openapi';
import { ENDPOINT_KINDS } from '../kinds';
import type { EndpointPath, Model } from '../model';
import { requestDocument } from '../schemas/document';
import { modelId } from '../schemas/parameters';

/** What is particular to a model that is not for chat. */
interface MediaModel extends Pick<Model, 'id' | 'endpoint' | 'pricing'> {
	aliases?: string[];
	name: string;
	developer: string;
	description: string;
	/** ISO date. */
	releasedAt?: string;
	/** Input modalities; text unless told. */
	input?: string[];
	capabilities?: string[];
	variant?: Model['variant'];
	successStatus?: number;
	/** Body properties beside `model`. */
	properties: Record<string, Schema>;
	/** Those of them that must be there. */
	required: string[];
	/** Whether the schema says itself that nothing else may be there. */
	closed?: true;
}

/** A built-in model with the limits and links that all of its kind have. */
export function mediaModel({ name, developer, description, ...facts }: MediaModel): Model {
	const { id, endpoint, aliases = [] } = facts;
	const kind = ENDPOINT_KINDS[endpoint];
	return {
		id,
		aliases,
		endpoint,
		info: {
			name,
			developer,
			description,
			releasedAt: facts.releasedAt ?? '2025-01-01',
			contextLength: 4096,
			outputMax: 4096,
			cutoffAt: '2024-06-01',
			url: '',
			docsUrl: '',
		},
		tags: [kind.tag],
		modalities: { input: facts.input ?? ['text'], output: kind.output },
		capabilities: facts.capabilities ?? [],
		pricing: facts.pricing,
		document: requestDocument(endpoint, schemaOf(facts)),
		successStatus: facts.successStatus,
		variant: facts.variant,
	};
}

function schemaOf({
	id,
	aliases = [],
	properties,
	required,
	closed,
}: Omit<MediaModel, 'name' | 'developer' | 'description'>): Schema {
	return {
		type: 'object',
		properties: { model: modelId(id, ...aliases), ...properties },
		required: ['model', ...required],
		...(closed && { additionalProperties: false }),
	};
}

/** An invented model that shows a documented deviation; its id is `sandbox/` and the name. */
export const deviatingModel = (
	variant: NonNullable<Model['variant']>,
	description: string,
	facts: { endpoint: EndpointPath } & Pick<MediaModel, 'pricing' | 'properties' | 'required'>,
): Model =>
	mediaModel({
		...facts,
		id: `sandbox/${variant}`,
		name: `Sandbox ${variant}`,
		developer: 'Sandbox',
		description,
		variant,
	});
