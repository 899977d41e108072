import { isRecord } from '../../../shared/json';
import { findOutputFiles, type OutputFile } from '../../media/outputFiles';

/** A page of a document. */
export interface Page {
	/** From 0. */
	index: number;
	/** Markdown. */
	text: string;
	/** Images on the page, if requested. */
	images: OutputFile[];
}

/** The pages of a response of the OCR endpoint, in order. */
export function parsePages(body: unknown): Page[] {
	const pages = isRecord(body) && Array.isArray(body.pages) ? body.pages.filter(isRecord) : [];
	return pages
		.map((page, position) => ({
			index: typeof page.index === 'number' ? page.index : position,
			text: [page.markdown, page.text].find((text) => typeof text === 'string') ?? '',
			images: findImages(page.images),
		}))
		.sort((a, b) => a.index - b.index);
}

/** The images, each with the name used in the text. */
function findImages(images: unknown): OutputFile[] {
	if (!Array.isArray(images)) return [];
	return images.filter(isRecord).flatMap(({ id, ...image }) => {
		const [found] = findOutputFiles(image);
		return found ? [{ ...found, ...(typeof id === 'string' && { fileName: id }) }] : [];
	});
}
