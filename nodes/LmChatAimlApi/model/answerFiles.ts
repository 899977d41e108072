import type { AnswerFile } from '../../shared/chat/answerFiles';
import { extensionOf, mimeTypeOfBytes } from '../../shared/mimeTypes';
import { mimeTypeOfUrl } from './mimeTypeOfUrl';

/** Stores a file and returns its URL; `undefined` if n8n has none for it. */
export type StoreFile = (
	bytes: Buffer,
	fileName: string,
	mimeType: string,
) => Promise<string | undefined>;

/**
 * Links to the files of an answer, in Markdown. Agents and chains pass on text only, so files are stored
 * and linked: n8n's chat shows them, and later nodes can download them.
 *
 * @param hint called if a file has no URL
 * @returns '' for no files
 */
export async function linkFiles(
	files: AnswerFile[],
	store: StoreFile,
	hint: (message: string) => void,
): Promise<string> {
	const links: string[] = [];
	for (const [index, file] of files.entries()) {
		const bytes = Buffer.from(file.base64 ?? '', 'base64');
		const mimeType = mimeTypeOfBytes(bytes) ?? (file.mimeType || guessMimeType(file));
		const [family] = mimeType.split('/');
		const kind = ['image', 'audio', 'video'].includes(family) ? family : 'file';
		const name = `${kind}-${index + 1}.${extensionOf(mimeType)}`;
		const url = file.url ?? (await store(bytes, name, mimeType).catch(() => undefined));
		if (url === undefined) hint(NO_URL);
		const mark = kind === 'image' ? '!' : '';
		links.push(url === undefined ? `[${name}: ${NO_URL}]` : `${mark}[${name}](${url})`);
	}
	return links.join('\n\n');
}

/** By the extension in the URL. Without one, a linked file is taken for an image, as most are. */
const guessMimeType = ({ url }: AnswerFile): string =>
	url === undefined ? 'application/octet-stream' : (mimeTypeOfUrl(url) ?? 'image/png');

const NO_URL =
	'The model answered with a file that has no URL, since this n8n keeps binary data in memory. Set N8N_DEFAULT_BINARY_DATA_MODE to filesystem, or in queue mode to database, or use the AI/ML API node.';
