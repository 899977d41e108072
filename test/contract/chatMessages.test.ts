import { parseRequestSchema } from '../../nodes/shared/models/requestSchema';
import type { Attachment } from '../../nodes/shared/chat/contentParts';
import { toChatRequest } from '../../nodes/AimlApi/resources/chat/request';
import { InputError } from '../../nodes/shared/errors/InputError';
import { parameterSchemas, requiredParameters } from './bodies';
import { CHAT, isChat } from './contracts';
import { describeCollections } from './describeCollections';
import { bodySchema, forms, valuesOf, type ApiDocument, type Schema } from './schema';
import { print } from './collections';
import { bodyValidator, complaint, valueValidator } from './validator';

/** Files of each kind, and the types of content parts that schemas have for them. */
const FILES = [
	{ kind: 'images', mimeType: 'image/png', fileName: 'photo.png', types: ['image_url', 'image'] },
	{ kind: 'images', mimeType: 'image/jpeg', fileName: 'photo.jpg', types: ['image_url', 'image'] },
	{ kind: 'PDF', mimeType: 'application/pdf', fileName: 'report.pdf', types: ['file', 'document'] },
	{ kind: 'audio', mimeType: 'audio/mpeg', fileName: 'speech.mp3', types: ['input_audio'] },
	{ kind: 'audio', mimeType: 'audio/wav', fileName: 'speech.wav', types: ['input_audio'] },
	{ kind: 'video', mimeType: 'video/mp4', fileName: 'clip.mp4', types: ['video_url'] },
];

const BASE64 = 'QUJDRA==';
const HELLO = { role: 'user', content: 'Hello' };
const SYSTEM = { role: 'system', content: 'Be brief.' };

describeCollections(({ name }, [{ contract, models }]) => {
	const tally = { sent: 0, refused: 0, kept: 0, moved: 0, systemRefused: 0 };

	afterAll(() =>
		print(
			`contract, attachments: ${models.length} ${name} chat models, ${tally.sent} files sent, ${tally.refused} refused; ` +
				`system messages: ${tally.kept} kept, ${tally.moved} moved to 'system', ${tally.systemRefused} refused`,
		),
	);

	describe.each(models)('$id', (model) => {
		const { id, document } = model;
		const schema = parseRequestSchema(document, CHAT);
		const validate = bodyValidator(document);
		const { system: systemProperty } = parameterSchemas(contract, model);
		const required = requiredParameters(contract, model);
		const documented = userPartTypes(document);
		const takesText = documented.includes('text') || !documented.length;

		const keepsSystem = validate({
			model: id,
			messages: [SYSTEM, ...(takesText ? [HELLO] : [])],
			...required,
		});
		const movesSystem =
			!keepsSystem &&
			systemProperty !== undefined &&
			valueValidator(systemProperty, document)(SYSTEM.content);

		const write = async (messages: unknown, attachments: Attachment[], modelParameters = {}) => {
			const fields = {
				messages,
				attachments,
				responseFormat: 'text',
				modelParameters: { ...required, ...modelParameters },
				extraBody: {},
			};
			return (await toChatRequest({ model: id, requestSchema: async () => schema }, fields)).body;
		};

		describe.each(['binary', 'url'])('from a %s', (source) => {
			test.each(FILES)(
				'a model accepts $mimeType, or the node refuses it if the schema has no such part',
				async (file) => {
					const question = { role: 'user', content: takesText ? 'What is this?' : '' };
					const messages = keepsSystem || movesSystem ? [SYSTEM, question] : [question];
					const writing = write(messages, [attachment(file, source)]);
					if (!documented.some((type) => file.types.includes(type))) {
						const error = await writing.catch((thrown: unknown) => thrown);
						expect(error).toBeInstanceOf(InputError);
						const { message, description } = error as InputError;
						expect(message).toContain(`${id} doesn't support ${file.kind} (${file.fileName}`);
						for (const type of documented) expect(description).toContain(type);
						tally.refused++;
						return;
					}
					const body = await writing;
					expect({ body, complaint: complaint(validate, body) }).toEqual({ body, complaint: '' });
					const sent = body.messages as Array<{ content: Array<{ type: string }> }>;
					const { content } = sent[sent.length - 1];
					expect(file.types).toContain(content.at(-1)?.type);
					expect(content).toHaveLength(takesText ? 2 : 1);
					tally.sent++;
				},
			);
		});

		test('a system message is sent in the form that the model accepts, or is refused unsent', async () => {
			const writing = write([SYSTEM, HELLO], []);
			if (keepsSystem) {
				expect(await writing).toEqual({ model: id, messages: [SYSTEM, HELLO], ...required });
				tally.kept++;
			} else if (movesSystem) {
				const body = await writing;
				expect(body).toEqual({ model: id, messages: [HELLO], system: SYSTEM.content, ...required });
				expect(complaint(validate, body)).toBe('');
				tally.moved++;
			} else {
				await expect(writing).rejects.toThrow(`${id} doesn't support system messages`);
				tally.systemRefused++;
			}
		});

		if (movesSystem) {
			test("a system message is refused if the parameter 'system' is set, too", async () => {
				const writing = write([SYSTEM, HELLO], [], { system: 'Be polite.' });
				await expect(writing).rejects.toThrow("'System' is set in 'Model Parameters'");
			});
		}
	});
}, isChat);

function attachment(
	{ mimeType, fileName }: { mimeType: string; fileName: string },
	source: string,
): Attachment {
	return {
		mimeType,
		fileName,
		...(source === 'url' && { url: `https://example.com/${fileName}` }),
		base64: async () => BASE64,
	};
}

/** The part types that the schema has for the content of a user's message. */
function userPartTypes(document: ApiDocument): string[] {
	const { messages = {} } = bodySchema(document).properties ?? {};
	const into = (schema: Schema) => forms(schema, document);
	const types = into(messages)
		.flatMap(({ items = {} }) => into(items))
		.filter(({ properties }) => valuesOf(properties?.role ?? {})?.includes('user'))
		.flatMap(({ properties }) => into(properties?.content ?? {}))
		.flatMap(({ items }) => (items ? into(items) : []))
		.flatMap(({ properties }) => valuesOf(properties?.type ?? {}) ?? []);
	return [...new Set(types)].map(String);
}
