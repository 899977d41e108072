import { attachFiles, type Attachment } from '../../../../nodes/shared/chat/contentParts';
import type { ChatMessage } from '../../../../nodes/shared/chat/messages';
import type { JsonSchema, ObjectSchema } from '../../../../nodes/shared/schema/jsonSchema';

const MIME_TYPES = {
	picture: 'image/png',
	document: 'application/pdf',
	sound: 'audio/mpeg',
	film: 'video/mp4',
};
type Kind = keyof typeof MIME_TYPES;

/** A file with the bytes `Qg==`; `asked` counts how often they were read. */
function file(about: Partial<Attachment> & { mimeType: string }) {
	const state = { asked: 0 };
	const attachment: Attachment = {
		fileName: 'the-file',
		base64: async () => {
			state.asked++;
			return 'Qg==';
		},
		...about,
	};
	return { attachment, state };
}
const bytes = (mimeType: string) => file({ mimeType }).attachment;
const linked = (mimeType: string) => file({ mimeType, url: 'https://x.example/f' }).attachment;

/** A model whose user messages hold these content parts. */
const taking = (...parts: Array<Record<string, JsonSchema>>): ObjectSchema => ({
	properties: {
		messages: {
			type: 'array',
			items: {
				properties: {
					role: { enum: ['user'] },
					content: {
						anyOf: [
							{ type: 'string' },
							{
								type: 'array',
								items: {
									anyOf: parts.map((properties) => ({
										type: 'object',
										properties,
										required: Object.keys(properties),
									})),
								},
							},
						],
					},
				},
			},
		},
	},
	required: [],
});
const only = (value: string): JsonSchema => ({ enum: [value] });
const object = (properties: Record<string, JsonSchema>, more: JsonSchema = {}): JsonSchema => ({
	type: 'object',
	properties,
	required: Object.keys(properties),
	...more,
});
const text = { type: only('text'), text: { type: 'string' } };
const imageUrl = { type: only('image_url'), image_url: object({ url: { type: 'string' } }) };
const audio = (format: JsonSchema) => ({
	type: only('input_audio'),
	input_audio: object({ data: { type: 'string', minLength: 1 }, format }),
});
const source = (type: string, ...sources: JsonSchema[]) => ({
	type: only(type),
	source: { anyOf: sources },
});
const inline = object({
	type: only('base64'),
	media_type: { type: 'string' },
	data: { type: 'string', minLength: 1 },
});
const byAddress = object({ type: only('url'), url: { type: 'string' } });

const userMessage: ChatMessage = { role: 'user', content: 'Look' };
const attach = async (
	files: Attachment[],
	schema?: ObjectSchema,
	messages: ChatMessage[] = [userMessage],
) => await attachFiles(messages, files, { id: 'vendor/model', schema, isFallback: false });
/** The part that a single file became. */
const partOf = async (attachment: Attachment, schema?: ObjectSchema) => {
	const [{ content }] = await attach([attachment], schema);
	return (content as unknown[])[1];
};

describe('without a schema a file is sent in the form of OpenAI', () => {
	test.each<[Kind, object]>([
		['picture', { type: 'image_url', image_url: { url: 'data:image/png;base64,Qg==' } }],
		['film', { type: 'video_url', video_url: { url: 'data:video/mp4;base64,Qg==' } }],
		['sound', { type: 'input_audio', input_audio: { data: 'Qg==', format: 'mp3' } }],
		[
			'document',
			{
				type: 'file',
				file: { filename: 'the-file', file_data: 'data:application/pdf;base64,Qg==' },
			},
		],
	])("without a schema a %s is sent with its bytes in OpenAI's form", async (kind, part) => {
		expect(await partOf(bytes(MIME_TYPES[kind]))).toEqual(part);
	});

	test.each<[Kind, object]>([
		['picture', { type: 'image_url', image_url: { url: 'https://x.example/f' } }],
		['film', { type: 'video_url', video_url: { url: 'https://x.example/f' } }],
		['sound', { type: 'input_audio', input_audio: { data: 'https://x.example/f', format: 'mp3' } }],
	])('without a schema a %s is sent by its URL, which the API fetches', async (kind, part) => {
		const { attachment, state } = file({ mimeType: MIME_TYPES[kind], url: 'https://x.example/f' });
		expect(await partOf(attachment)).toEqual(part);
		expect(state.asked).toBe(0);
	});

	test('a PDF is fetched from its URL, since the form accepts only bytes', async () => {
		expect(await partOf(linked('application/pdf'))).toMatchObject({
			file: { file_data: 'data:application/pdf;base64,Qg==' },
		});
	});
});

describe("the model's schema decides the form", () => {
	test.each<[string, Attachment, ObjectSchema, object]>([
		[
			'a picture as image_url',
			bytes('image/png'),
			taking(text, imageUrl, source('image', inline)),
			{ type: 'image_url', image_url: { url: 'data:image/png;base64,Qg==' } },
		],
		[
			'a picture with an inline source',
			bytes('image/png'),
			taking(text, source('image', inline)),
			{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'Qg==' } },
		],
		[
			'a picture with the address as source',
			linked('image/png'),
			taking(source('image', inline, byAddress)),
			{ type: 'image', source: { type: 'url', url: 'https://x.example/f' } },
		],
		[
			'a picture fetched where the source may be no address',
			linked('image/png'),
			taking(source('image', inline)),
			{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'Qg==' } },
		],
		[
			'a PDF as document',
			bytes('application/pdf'),
			taking(source('document', inline)),
			{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'Qg==' } },
		],
		[
			'sound by its ending',
			bytes('audio/mpeg'),
			taking(audio({ enum: ['mp3', 'wav'] })),
			{ type: 'input_audio', input_audio: { data: 'Qg==', format: 'mp3' } },
		],
		[
			'sound by its MIME type',
			bytes('audio/x-wav'),
			taking(audio({ enum: ['audio/wav'] })),
			{ type: 'input_audio', input_audio: { data: 'Qg==', format: 'audio/wav' } },
		],
		[
			'sound by its MIME type as it is',
			bytes('audio/mpeg'),
			taking(audio({ enum: ['audio/mpeg'] })),
			{ type: 'input_audio', input_audio: { data: 'Qg==', format: 'audio/mpeg' } },
		],
		[
			'sound without a format',
			bytes('audio/mpeg'),
			taking({
				type: only('input_audio'),
				input_audio: object({ data: {} }, { additionalProperties: false }),
			}),
			{ type: 'input_audio', input_audio: { data: 'Qg==' } },
		],
	])("the model's schema decides the form: %s", async (_, attachment, schema, part) => {
		expect(await partOf(attachment, schema)).toEqual(part);
	});

	test('bytes are read once, for the chosen form only', async () => {
		const { attachment, state } = file({ mimeType: 'image/png' });
		await partOf(attachment, taking(source('image', inline)));
		expect(state.asked).toBe(1);
	});
});

describe('where the files go', () => {
	const picture = bytes('image/png');

	test('files are added to the last user message, after its text and in their order', async () => {
		const messages = [
			userMessage,
			{ role: 'assistant', content: 'Yes?' },
			userMessage,
			{ role: 'assistant', content: 'Well' },
		];
		const sent = await attach([picture, bytes('application/pdf')], undefined, messages);
		expect(sent.map(({ content }) => typeof content)).toEqual([
			'string',
			'string',
			'object',
			'string',
		]);
		expect(sent[2].content).toMatchObject([
			{ type: 'text', text: 'Look' },
			{ type: 'image_url' },
			{ type: 'file' },
		]);
	});

	test('files are added after the parts that the message already has', async () => {
		const content = [
			{ type: 'text', text: 'a' },
			{ type: 'text', text: 'b' },
		];
		const [sent] = await attach([picture], undefined, [{ role: 'user', content }]);
		expect(sent.content).toMatchObject([...content, { type: 'image_url' }]);
	});

	test('a message without text has only its files, since the API refuses an empty part', async () => {
		const [sent] = await attach([picture], undefined, [{ role: 'user', content: ' ' }]);
		expect(sent.content).toMatchObject([{ type: 'image_url' }]);
	});

	test('messages stay as they are without files', async () => {
		const messages = [userMessage];
		expect(await attach([], undefined, messages)).toBe(messages);
	});
});

describe('a file is refused before anything is sent', () => {
	const refusal = async (attachment: Attachment, schema?: ObjectSchema, messages?: ChatMessage[]) =>
		await attach([attachment], schema, messages).catch((error: Error) => error);

	test('files without a message from the user are refused', async () => {
		expect(
			await refusal(bytes('image/png'), undefined, [{ role: 'system', content: 'x' }]),
		).toMatchObject({
			name: 'InputError',
			message: "'Attachments' needs a message with the role 'User'",
		});
	});

	test.each(['text/csv', 'application/zip'])(
		'a file of a type that no chat model supports is refused (%s)',
		async (mimeType) => {
			expect(await refusal(bytes(mimeType), taking(text))).toMatchObject({
				name: 'InputError',
				message: `'Attachments' can't send the-file: files of type ${mimeType} are not supported`,
			});
		},
	);

	test.each<[Kind, string]>([
		['picture', 'images'],
		['document', 'PDF'],
		['sound', 'audio'],
		['film', 'video'],
	])(
		'a %s is refused when the model does not support it, naming what it supports',
		async (kind, words) => {
			const { attachment, state } = file({ mimeType: MIME_TYPES[kind] });
			expect(await refusal(attachment, taking(text, { type: only('other') }))).toMatchObject({
				name: 'InputError',
				message: `vendor/model doesn't support ${words} (the-file, ${MIME_TYPES[kind]})`,
				description: 'Choose a model that supports them. This one supports: text, other.',
			});
			expect(state.asked).toBe(0);
		},
	);
});
