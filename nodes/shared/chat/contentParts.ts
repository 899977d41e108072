import { InputError } from '../errors/InputError';
import type { TargetModel } from '../parameters/targetModel';
import type { ChatMessage } from './messages';
import { toInputPart } from './responsesInput';
import { acceptsUserPart, userPartTypes } from './schema';

/** A file to send: its content, or a URL that the API can fetch. */
export interface Attachment {
	mimeType: string;
	fileName: string;
	/** http(s) URL; absent for a file from a binary field. */
	url?: string;
	/** The detail of an image (`low`, `high`), if set by the user. */
	detail?: string;
	/** The content in base64, downloaded first if only a URL is known. */
	base64(): Promise<string>;
}

type Part = Record<string, unknown>;

/** Placeholder for the content while a part is validated: the shortest base64. */
const SOME_BASE64 = 'AAAA';

/** One of the forms of a content part for a file. */
interface PartForm {
	/** The part with a placeholder for the content, to validate against a schema. */
	sample: Part;
	write(): Part | Promise<Part>;
}

/**
 * Appends files as content parts to the last user message, in the form that the model's schema accepts:
 * OpenAI's (`image_url`, `file`, `input_audio`, `video_url`) or Anthropic's (`image` and `document` with
 * a `source`). Without a schema, OpenAI's.
 *
 * @throws InputError if there is no user message, or the model doesn't support the file
 */
export async function attachFiles(
	messages: ChatMessage[],
	attachments: Attachment[],
	model: TargetModel,
): Promise<ChatMessage[]> {
	if (!attachments.length) return messages;
	const last = messages.findLastIndex(({ role }) => role === 'user');
	if (last < 0) {
		throw new InputError(
			"'Attachments' needs a message with the role 'User'",
			'Files are sent with the last user message. Add one.',
		);
	}
	const parts = contentParts(messages[last]);
	const files: Part[] = [];
	for (const attachment of attachments) files.push(await toPart(attachment, model));
	return messages.with(last, { ...messages[last], content: [...parts, ...files] });
}

/** The content of a message as parts; none for an empty text. */
function contentParts({ content }: ChatMessage): Part[] {
	if (typeof content !== 'string') return content ?? [];
	return content.trim() ? [{ type: 'text', text: content }] : [];
}

/**
 * A file as a content part, in a form that the model accepts.
 *
 * @throws InputError if it accepts none
 */
export async function toPart(attachment: Attachment, { id, schema }: TargetModel): Promise<Part> {
	const forms = partForms(attachment).flatMap((form) => [form, asInput(form)]);
	const accepted = schema ? forms.find(({ sample }) => acceptsUserPart(schema, sample)) : forms[0];
	if (accepted) return await accepted.write();
	if (!forms.length) {
		throw new InputError(
			`'Attachments' can't send ${attachment.fileName}: files of type ${attachment.mimeType} are not supported`,
			'Chat models support images, PDFs, audio and video. Extract the text first, e.g. with the node Extract from File, and put it into a message.',
		);
	}
	throw new InputError(
		`${id} doesn't support ${kindOf(attachment.mimeType)} (${attachment.fileName}, ${attachment.mimeType})`,
		`Choose a model that supports them. This one supports: ${userPartTypes(schema).join(', ') || 'text'}.`,
	);
}

/** The kind of file for error messages, e.g. 'images'. */
function kindOf(mimeType: string): string {
	if (mimeType === 'application/pdf') return 'PDF';
	const [family] = mimeType.split('/');
	return family === 'image' ? 'images' : family;
}

function partForms(file: Attachment): PartForm[] {
	const [family] = file.mimeType.split('/');
	if (family === 'image') return [...imageForms(file), ...sourceForms('image', file)];
	if (family === 'video') return [urlForm('video_url', file)];
	if (family === 'audio') return audioForms(file);
	if (file.mimeType === 'application/pdf')
		return [fileForm(file), ...sourceForms('document', file)];
	return [];
}

/** The same part in the form of the Responses API. */
const asInput = ({ sample, write }: PartForm): PartForm => ({
	sample: toInputPart(sample),
	write: async () => toInputPart(await write()),
});

function imageForms(file: Attachment): PartForm[] {
	const plain = urlForm('image_url', file);
	return file.detail ? [urlForm('image_url', file, { detail: file.detail }), plain] : [plain];
}

function urlForm(type: 'image_url' | 'video_url', file: Attachment, extra: Part = {}): PartForm {
	const part = (url: string): Part => ({ type, [type]: { url, ...extra } });
	return {
		sample: part(file.url ?? dataUrl(file.mimeType, SOME_BASE64)),
		write: async () => part(file.url ?? dataUrl(file.mimeType, await file.base64())),
	};
}

function fileForm(file: Attachment): PartForm {
	const part = (base64: string): Part => ({
		type: 'file',
		file: { filename: file.fileName, file_data: dataUrl(file.mimeType, base64) },
	});
	return { sample: part(SOME_BASE64), write: async () => part(await file.base64()) };
}

/** Models name the format by extension (`mp3`), by MIME type (`audio/flac`), or not at all. */
function audioForms(file: Attachment): PartForm[] {
	const subtype = file.mimeType.slice('audio/'.length).replace(/^x-/, '');
	const ending = { mpeg: 'mp3', wave: 'wav', 'vnd.wave': 'wav' }[subtype] ?? subtype;
	const formats = [ending, `audio/${ending}`, file.mimeType];
	return [...formats.map((format) => ({ format })), {}].map((format) => {
		const part = (data: string): Part => ({
			type: 'input_audio',
			input_audio: { data, ...format },
		});
		return {
			sample: part(file.url ?? SOME_BASE64),
			write: async () => part(file.url ?? (await file.base64())),
		};
	});
}

function sourceForms(type: 'image' | 'document', file: Attachment): PartForm[] {
	const part = (source: Part): Part => ({ type, source });
	const inline = (data: string): Part => part({ type: 'base64', media_type: file.mimeType, data });
	const byAddress = file.url ? [part({ type: 'url', url: file.url })] : [];
	return [
		...byAddress.map((sample) => ({ sample, write: () => sample })),
		{ sample: inline(SOME_BASE64), write: async () => inline(await file.base64()) },
	];
}

const dataUrl = (mimeType: string, base64: string): string => `data:${mimeType};base64,${base64}`;
