import { isRecord } from '../../../shared/json';
import { findOutputFiles, type OutputFile } from '../../media/outputFiles';

/** A page of a document as text. */
export interface Page {
	/** Counted from 0. */
	index: number;
	/** Markdown. */
	text: string;
	/** Pictures on the page, where the model was asked for them. */
	images: OutputFile[];
}

/** The pages of an answer of the OCR endpoint, in order; none when it has none. */
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

/** Each picture under the name by which the text refers to it. */
function findImages(images: unknown): OutputFile[] {
	if (!Array.isArray(images)) return [];
	return images.filter(isRecord).flatMap(({ id, ...image }) => {
		const [found] = findOutputFiles(image);
		return found ? [{ ...found, ...(typeof id === 'string' && { fileName: id }) }] : [];
	});
}
