import type { AnswerFile } from '../../shared/chat/answerFiles';
import { endingOf, mimeTypeOfBytes } from '../../shared/mimeTypes';

/** Stores a file and returns an address of it; `undefined` where n8n has none for it. */
export type StoreFile = (
	bytes: Buffer,
	fileName: string,
	mimeType: string,
) => Promise<string | undefined>;

/**
 * The files of an answer as Markdown. Agents and chains carry text alone, so a file that came along is
 * stored and told by its address, which n8n's chat shows and a node behind the agent can fetch.
 *
 * @param hint called when a file cannot be reached
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
		const mimeType = (mimeTypeOfBytes(bytes) ?? file.mimeType) || 'application/octet-stream';
		const [family] = mimeType.split('/');
		const kind = ['image', 'audio', 'video'].includes(family) ? family : 'file';
		const name = `${kind}-${index + 1}.${endingOf(mimeType)}`;
		const address = file.url ?? (await store(bytes, name, mimeType).catch(() => undefined));
		if (address === undefined) hint(NO_ADDRESS);
		const mark = kind === 'image' || file.url ? '!' : '';
		links.push(address === undefined ? `[${name}: ${NO_ADDRESS}]` : `${mark}[${name}](${address})`);
	}
	return links.join('\n\n');
}

const NO_ADDRESS =
	'The model answered with a file that has no address, since this n8n keeps binary data in memory. Set N8N_DEFAULT_BINARY_DATA_MODE to filesystem, or use the AI/ML API node.';
