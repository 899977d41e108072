import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { examplesOf } from './examples';
import { exempt, type Exemption } from './exemptions';
import { pick } from './pick';
import { bodySchema, isObject, type ApiDocument } from './schema';
import { bodyValidator } from './validator';

type Json = Record<string, unknown>;

/** What an endpoint's tests have to know: nothing else about it stands in them. */
export interface Contract {
	/** As index.json names it. */
	path: string;
	resource: string;
	operation: string;
	/** The body properties that have fields of their own, and how an expression is entered there. */
	fields: Record<string, (expression: string) => INodeParameters>;
	/** Labels of fields that are named otherwise than the properties they fill. */
	labels?: Record<string, string>;
	/** Which of them is the main text, that models may have under another name. */
	mainText?: string;
	/** Whether its field has to be filled in, even where a model could do without. */
	needsText?: true;
	/** Whether it has no 'Files', by which models' properties are filled. */
	hasNoFiles?: true;
	/** Whether it can do nothing without a file, even where no schema says so. */
	worksOnFile?: true;
	/** Body properties whose own field writes the usual forms only; 'Extra Body' gives them all. */
	byExtraBody?: string[];
	/** What is entered into the fields, where it is not any value that the schema lets in. */
	entries?(model: string, document: ApiDocument): Record<string, unknown[]>;
	/** A body as it goes out, where fields write it in another form than the one entered. */
	asSent?(body: Json): Json;
	/** Whether the answer to a body says what it cost. */
	tellsCost?(body: Json, document: ApiDocument): boolean;
	/** Values for parameters of which schemas say less than the API does, and the exemption's name. */
	sensible?: Record<string, { adapt(value: unknown): unknown; reason: Exemption }>;
	/** How many items come of the answer to a body; of `items`, only their kind counts. */
	count(body: Json, items: INodeExecutionData[]): number;
	/** Whether an item is what the operation makes of an answer, its file fetched or not. */
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
		// A 3D model comes in as many files as it has parts.
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
		tellsCost: (body, document) => !isStreamed(body, document),
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

/** Speech that is sent while it is made, as some models do unless told otherwise. */
function isStreamed({ stream }: Json, document: ApiDocument): boolean {
	const isIt = Boolean(stream ?? bodySchema(document).properties?.stream?.default);
	if (isIt) exempt('streamed');
	return isIt;
}

/** The documents that the sandbox reads have three pages. */
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

/** A 'Hello', or for a model that takes no text the first history that its schema lets in. */
function plainMessages(model: string, document: ApiDocument): Record<string, unknown[]> {
	const hello = [{ role: 'user', content: 'Hello' }];
	if (bodyValidator(document)({ model, messages: hello })) return { messages: [hello] };
	const { messages = {} } = bodySchema(document).properties ?? {};
	return { messages: [examplesOf(messages, document)[0]] };
}

const isMesh = ({ json }: INodeExecutionData): boolean =>
	/^model\//.test(String(json.mimeType)) || /\.glb$/.test(String(json.url));

/** A file in n8n's store, whose type and size the item tells; not fetched, its address. */
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
