import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { examplesOf } from './examples';
import { exempt, type Exemption } from './exemptions';
import { pick } from './pick';
import { bodySchema, isObject, type ApiDocument } from './schema';
import { bodyValidator } from './validator';

type Json = Record<string, unknown>;

/** All that the tests know about an endpoint. */
export interface Contract {
	/** As in index.json. */
	path: string;
	resource: string;
	operation: string;
	/** The body properties that have their own fields, and how an expression is entered into each. */
	fields: Record<string, (expression: string) => INodeParameters>;
	/** Labels of fields that aren't named after their property. */
	labels?: Record<string, string>;
	/** The property of the main text, which models may have under another name. */
	mainText?: string;
	/** The field of the main text is required even if the model doesn't require it. */
	needsText?: true;
	/** It has no field 'Files'. */
	hasNoFiles?: true;
	/** It needs a file even if the schema doesn't say so. */
	worksOnFile?: true;
	/** Body properties whose own field writes only the usual forms; 'Extra Body' takes all. */
	byExtraBody?: string[];
	/** The values to enter into the fields; by default all that the schema allows. */
	entries?(model: string, document: ApiDocument): Record<string, unknown[]>;
	/** The body that is sent for the entered one, if it differs. */
	asSent?(body: Json): Json;
	/** Whether the response to a body has its cost; true by default. */
	hasCost?(body: Json, document: ApiDocument): boolean;
	/** Adapts values of parameters that the API limits more than the schema, under an exemption. */
	sensible?: Record<string, { adapt(value: unknown): unknown; reason: Exemption }>;
	/** The number of items for a response; `items` only tell what kind they are. */
	count(body: Json, items: INodeExecutionData[]): number;
	/** Whether an item is what the operation returns, with its file downloaded or not. */
	isAnswer(item: INodeExecutionData, isFetched: boolean): boolean;
}

export const CHAT = '/v1/chat/completions';

export const isChat = ({ path }: Contract): boolean => path === CHAT;

export const contracts: Contract[] = [
	{
		path: CHAT,
		resource: 'chat',
		operation: 'complete',
		fields: { messages: asMessages },
		hasNoFiles: true,
		byExtraBody: ['response_format'],
		entries: plainMessages,
		count: ({ n }) => Number(n ?? 1),
		isAnswer: isChatAnswer,
	},
	{
		path: '/v1/responses',
		resource: 'chat',
		operation: 'respond',
		fields: { input: asMessages },
		labels: { input: 'Messages' },
		byExtraBody: ['text'],
		hasNoFiles: true,
		entries: () => ({ input: [[{ role: 'user', content: 'Hello' }]] }),
		count: () => 1,
		isAnswer: isChatAnswer,
	},
	{
		path: '/v1/images/generations',
		resource: 'image',
		operation: 'generate',
		fields: { prompt: (expression) => ({ prompt: expression }) },
		mainText: 'prompt',
		// A 3D model has one file per part.
		count: ({ num_images, n }, items) =>
			items.some(isMesh) ? items.length : Math.floor(Number(num_images ?? n ?? 1)),
		isAnswer: isFileOf('image', 'model'),
	},
	{
		path: '/v1/images/edits',
		resource: 'image',
		operation: 'edit',
		fields: { prompt: (expression) => ({ prompt: expression }) },
		mainText: 'prompt',
		count: ({ n }) => Math.floor(Number(n ?? 1)),
		isAnswer: isFileOf('image'),
	},
	{
		path: '/v2/video/generations',
		resource: 'video',
		operation: 'generate',
		fields: { prompt: (expression) => ({ prompt: expression }) },
		mainText: 'prompt',
		count: () => 1,
		isAnswer: isFileOf('video'),
	},
	{
		path: '/v2/generate/audio',
		resource: 'audio',
		operation: 'compose',
		fields: { prompt: (expression) => ({ prompt: expression }) },
		mainText: 'prompt',
		count: () => 1,
		isAnswer: isFileOf('audio'),
	},
	{
		path: '/v1/tts',
		resource: 'audio',
		operation: 'speak',
		fields: { text: (expression) => ({ text: expression }) },
		mainText: 'text',
		needsText: true,
		hasCost: (body, document) => !isStreamed(body, document),
		count: () => 1,
		isAnswer: isFileOf('audio'),
	},
	{
		path: '/v1/stt/create',
		resource: 'audio',
		operation: 'transcribe',
		fields: {},
		worksOnFile: true,
		count: () => 1,
		isAnswer: ({ json: { text } }) => typeof text === 'string' && text !== '',
	},
	{
		path: '/v1/ocr',
		resource: 'document',
		operation: 'extractText',
		fields: {},
		worksOnFile: true,
		sensible: { pages: { adapt: firstPages, reason: 'pages' } },
		count: () => 1,
		isAnswer: ({ json: { text } }) => typeof text === 'string' && text !== '',
	},
	{
		path: '/v1/embeddings',
		resource: 'embedding',
		operation: 'create',
		fields: { input: (expression) => ({ input: expression }) },
		hasNoFiles: true,
		asSent: ({ input, ...body }) => ({ ...body, input: withoutLoneList(input) }),
		count: ({ input }) => (Array.isArray(input) ? input.length : 1),
		isAnswer: ({ json: { embedding, index } }) =>
			typeof index === 'number' && Array.isArray(embedding)
				? embedding.length > 1 && embedding.every((figure) => typeof figure === 'number')
				: /^[A-Za-z0-9+/]+=*$/.test(String(embedding)),
	},
];

function withoutLoneList(input: unknown): unknown {
	if (!Array.isArray(input) || input.length > 1) return input;
	exempt('loneText');
	return input[0];
}

/** Whether speech is streamed, which is the default of some models. */
function isStreamed({ stream }: Json, document: ApiDocument): boolean {
	const streams = Boolean(stream ?? bodySchema(document).properties?.stream?.default);
	if (streams) exempt('streamed');
	return streams;
}

/** Page numbers that exist: the sandbox's documents have three pages. */
function firstPages(value: unknown): unknown {
	if (typeof value === 'string') return '0-1';
	if (Array.isArray(value)) return [0, 2];
	const known = { start: 1, end: 2, indices: [1, 3] };
	return isObject(value) ? { ...value, ...pick(known, Object.keys(value)) } : value;
}

function asMessages(expression: string): INodeParameters {
	return { messages: { values: [{ role: 'user', content: expression }] } };
}

function isChatAnswer({ json: { text, toolCalls, finishReason } }: INodeExecutionData): boolean {
	if (toolCalls) return finishReason === 'tool_calls';
	return Boolean(text) && ['stop', 'length', 'end_turn'].includes(String(finishReason));
}

/** A 'Hello', or the first history that the schema allows if it allows no text. */
function plainMessages(model: string, document: ApiDocument): Record<string, unknown[]> {
	const hello = [{ role: 'user', content: 'Hello' }];
	if (bodyValidator(document)({ model, messages: hello })) return { messages: [hello] };
	const { messages = {} } = bodySchema(document).properties ?? {};
	return { messages: [examplesOf(messages, document)[0]] };
}

const isMesh = ({ json }: INodeExecutionData): boolean =>
	/^model\//.test(String(json.mimeType)) || /\.glb$/.test(String(json.url));

/** An item with a file and its type and size, or with its URL if it wasn't downloaded. */
function isFileOf(...families: string[]) {
	return ({ json, binary }: INodeExecutionData, isFetched: boolean): boolean => {
		const file = binary?.data;
		if (!isFetched && !file) return /^https?:/.test(String(json.url));
		return (
			file !== undefined &&
			families.includes(file.mimeType.split('/')[0]) &&
			file.mimeType === json.mimeType &&
			file.fileName === json.fileName &&
			Number(json.fileSize) > 0
		);
	};
}
