import fc from 'fast-check';
import {
	NodeHelpers,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';
import { forgetLimits } from '../../../nodes/shared/transport/limiters';
import { makePng } from '../../../sandbox/media/png';
import { makeWav } from '../../../sandbox/media/wav';
import { runNode } from '../../engine/runNode';
import { OPERATIONS } from '../../support/operations';
import { useSandbox } from '../../support/useSandbox';

/**
 * Each field and option of each operation gets any kind of value from an expression: either one
 * request is sent that the API accepts, or an error names the problem before anything is sent.
 */

/** Fixed, so that the suite sees the same values each time. */
const SEED = 11;
/** Values for each field. */
const TRIES = 5;

const VALUES: unknown[] = [
	...[undefined, null, '', ' ', NaN, Infinity, -1, 0, 1.5, true, 'abc', '5', '\ud83d', '\u0000'],
	...[{}, [], { a: 1 }, [{ a: 1 }], ['x', 'y'], [null], new Date(0), '{"a": ', '[1]'],
	'x'.repeat(300),
	...fc.sample(fc.jsonValue({ maxDepth: 2 }), { seed: SEED, numRuns: 12 }),
];
const valuesFor = (field: number): unknown[] =>
	fc.sample(fc.constantFrom(...VALUES), { seed: SEED + field, numRuns: TRIES });

const sandbox = useSandbox({ jobPace: { pollsUntilDone: 1 } });

const png = { data: makePng(8, 8, 0).toString('base64'), mimeType: 'image/png', fileName: 'a.png' };
const wav = {
	data: makeWav(0.1, 440).toString('base64'),
	mimeType: 'audio/wav',
	fileName: 'a.wav',
};

/** A model for each operation that has one, with parameters to try. */
const MODELS: Record<string, { model: string; parameters?: Record<string, unknown> }> = {
	'audio compose': { model: 'stable-audio', parameters: { seconds_total: 5 } },
	'audio speak': { model: 'openai/gpt-4o-mini-tts', parameters: { voice: 'alloy' } },
	'audio transcribe': { model: '#g1_nova-2-general' },
	'batch create': { model: 'anthropic/claude-opus-4-5', parameters: { max_tokens: 20 } },
	'chat complete': {
		model: 'openai/gpt-4o-mini',
		parameters: { temperature: 1, tools: undefined },
	},
	'chat respond': { model: 'openai/gpt-5-5-pro', parameters: { max_output_tokens: 200 } },
	'document extractText': {
		model: 'mistral-ocr-latest',
		parameters: { include_image_base64: true },
	},
	'embedding create': { model: 'text-embedding-3-small', parameters: { dimensions: 8 } },
	'image edit': { model: 'openai/gpt-image-2', parameters: { n: 1 } },
	'image generate': { model: 'flux/schnell', parameters: { num_images: 1 } },
	'model get': { model: 'openai/gpt-4o-mini' },
	'video generate': { model: 'google/veo-3.1-t2v-fast', parameters: { duration: undefined } },
};

/** Values of the other fields, where their defaults are not enough. */
const USUAL: Record<string, unknown> = {
	prompt: 'A boat',
	text: 'A boat',
	input: 'A boat',
	batchId: 'none',
	generationId: 'none',
	customId: '={{ "item-" + $itemIndex }}',
	start: '2026-11-01T00:00:00Z',
	end: '2026-11-02T00:00:00Z',
	requests: '[{"custom_id":"a","params":{"messages":[{"role":"user","content":"Hello"}]}}]',
	customPeriod: '48h',
	jsonSchemaExample: '{"a":1}',
	inputSchema: '{"type":"object","properties":{}}',
};

const { description } = new AimlApi();

/** A field, option or entry, and the fields of its operation while a value is tried in it. */
interface Place {
	name: string;
	parameters: (value: unknown) => INodeParameters;
}

/** Fields without expressions. */
const FIXED = new Set(['resource', 'operation']);
const NEEDS_FILE = new Set(['edit', 'extractText', 'transcribe']);

/** Each place of an operation for a value, also those that show only for some choices. */
function placesOf(resource: string, operation: string): Place[] {
	const { model, parameters = {} } = MODELS[`${resource} ${operation}`] ?? {};
	const stored = {
		source: 'binary',
		binaryPropertyName: operation === 'transcribe' ? 'sound' : 'photo',
	};
	const usual: Record<string, unknown> = {
		...USUAL,
		messages: { values: [{ role: 'user', content: 'Hello' }] },
		...(NEEDS_FILE.has(operation) && { files: { values: [stored] } }),
		modelParameters: { mappingMode: 'defineBelow', value: parameters, schema: [] },
		options: { maxRetries: 0, maxRateLimitWait: 0, pollInterval: 0.05, onMaxWait: 'returnJob' },
	};
	const places: Place[] = [];
	const seen = new Set<INodeProperties>();
	const collect = (base: Record<string, unknown>) => {
		const isShown = (field: INodeProperties) =>
			NodeHelpers.displayParameter(
				base as INodeParameters,
				field,
				{ typeVersion: 1 },
				description,
				base as INodeParameters,
			);
		const fields = description.properties.filter(
			(field) =>
				!FIXED.has(field.name) && field.type !== 'notice' && !seen.has(field) && isShown(field),
		);
		for (const field of fields) {
			seen.add(field);
			const inner = valuesIn(field, base, stored, parameters);
			for (const [name, write] of Object.entries(inner)) {
				const parameters = (value: unknown) =>
					({ ...base, [field.name]: write(value) }) as INodeParameters;
				places.push({ name, parameters });
			}
		}
		for (const { name, type, options = [] } of fields) {
			if (type !== 'options') continue;
			for (const option of options as INodePropertyOptions[]) {
				collect({ ...base, [name]: option.value });
			}
		}
	};
	const chosen = model && { model: { __rl: true, mode: 'id', value: model } };
	collect({ resource, operation, ...chosen, ...usual });
	return places;
}

/** Writes a value into each place of a field, by the names of the places. */
function valuesIn(
	{ name, type, options = [] }: INodeProperties,
	base: Record<string, unknown>,
	stored: object,
	parameters: object,
): Record<string, (value: unknown) => unknown> {
	const entry = (given: object, inner: string): [string, (value: unknown) => unknown] => [
		`${name}.${inner}`,
		(value) => ({ values: [{ ...given, [inner]: value }] }),
	];
	switch (type) {
		case 'fixedCollection': {
			const message = { role: 'user', content: 'Hello' };
			const entries: Array<[object, string]> =
				name === 'messages'
					? [
							[message, 'role'],
							[message, 'content'],
						]
					: [
							[stored, 'binaryPropertyName'],
							[stored, 'parameter'],
							[{ source: 'url' }, 'url'],
						];
			return Object.fromEntries(entries.map(([given, inner]) => entry(given, inner)));
		}
		case 'resourceLocator':
			return { [name]: (value) => ({ __rl: true, mode: 'id', value }) };
		case 'resourceMapper':
			return Object.fromEntries(
				Object.keys(parameters).map((parameter) => [
					`${name}.${parameter}`,
					(value: unknown) => ({
						mappingMode: 'defineBelow',
						value: { ...parameters, [parameter]: value },
						schema: [],
					}),
				]),
			);
		case 'collection':
			return Object.fromEntries(
				(options as INodeProperties[]).map((option) => [
					`${name}.${option.name}`,
					(value: unknown) => ({ ...(base[name] as object), [option.name]: value }),
				]),
			);
		default:
			return { [name]: (value) => value };
	}
}

/** Parts that no valid request has. */
const NONSENSE = /\[object |"NaN"|\\ud83d/;
/** JavaScript's messages for mistakes in the code. */
const SLIP =
	/is not a function|is not iterable|cannot read prop|cannot convert|\[object |call stack|malformed/i;
/** What the API may refuse, since only it can know: an unknown ID, and what 'Extra Body' adds. */
const UNCHECKED = /^(extraBody|options\.extraBody|requests)$/;
/** Operations that may well find nothing. */
const LISTS = new Set(['getAll', 'getRequests', 'getTransactions', 'getUsageDetail']);

interface Outcome {
	message: string;
	httpStatus: number;
}

const outcomeOf = ({ json }: INodeExecutionData): Outcome | undefined =>
	json.error as unknown as Outcome | undefined;
const itemsOf = (paired: INodeExecutionData['pairedItem']): number[] =>
	[paired ?? []].flat().map((entry) => (typeof entry === 'number' ? entry : entry.item));

/** What is wrong with the outcome of a value; `undefined` for nothing. */
function problemOf(place: string, errors: Array<Outcome | undefined>, sent: number) {
	const error = errors.find((told) => told !== undefined);
	if (sent > 1) return `it was sent ${sent} times`;
	if (!error) return undefined;
	if (!/\S/.test(error.message) || SLIP.test(error.message)) return `it says ${error.message}`;
	if (error.httpStatus === undefined && sent) return `it was sent, then: ${error.message}`;
	const isUnknownId = error.httpStatus === 404;
	if (error.httpStatus >= 400 && !isUnknownId && !UNCHECKED.test(place))
		return `the API says: ${error.message}`;
	return undefined;
}

test.each(OPERATIONS)(
	'$resource, $operation: any value of any field is sent as documented or refused unsent',
	async ({ resource, operation }) => {
		const places = placesOf(resource, operation);
		expect(places).not.toEqual([]);
		const complaints: object[] = [];
		for (const [index, { name, parameters }] of places.entries()) {
			sandbox.requestLog.clear();
			forgetLimits();
			const values = valuesFor(index);
			const { items, error } = await runNode({
				credential: { apiKey: sandbox.apiKey, url: sandbox.url },
				parameters: parameters('={{ $json.given }}'),
				items: values.map((given) => ({
					json: { given } as never,
					binary: { photo: png, sound: wav },
				})),
				settings: { onError: 'continueRegularOutput' },
			});
			const posts = sandbox.requestLog.calls.filter(({ method }) => method === 'POST');
			const nonsense = posts.find(({ body }) => NONSENSE.test(JSON.stringify(body) ?? ''));
			if (error) complaints.push({ name, problem: error.message });
			if (nonsense) complaints.push({ name, problem: JSON.stringify(nonsense.body) });
			if (posts.length > values.length) complaints.push({ name, problem: 'sent too often' });
			for (const [number, given] of values.entries()) {
				const sent = posts.filter(({ clientRequestId = '' }) =>
					clientRequestId.endsWith(`:${number}`),
				);
				const errors = items
					.filter(({ pairedItem }) => itemsOf(pairedItem).includes(number))
					.map(outcomeOf);
				const isLost = !errors.length && !LISTS.has(operation);
				const problem = isLost ? 'nothing came of it' : problemOf(name, errors, sent.length);
				if (problem) complaints.push({ name, given, problem });
			}
		}
		expect(complaints).toEqual([]);
	},
	120_000,
);
