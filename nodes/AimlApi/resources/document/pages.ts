import { isRecord, toNumber, type Json } from '../../../shared/json';
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

/** Objects that hold the pages when they aren't at the top level. */
const WRAPPERS = ['data', 'result', 'output', 'document'];
const TEXT_KEYS = ['markdown', 'text', 'content'];

/** The pages of a response of the OCR endpoint, in order; a text without pages is one page. */
export function parsePages(body: unknown): Page[] {
	const answers = isRecord(body) ? [body, ...WRAPPERS.map((key) => body[key])] : [];
	const records = answers.filter(isRecord);
	const listed = records.map(({ pages }) => pages).find(Array.isArray);
	const pages = listed ?? records.filter((answer) => findText(answer) !== '').slice(0, 1);
	return pages
		.map((page) => (typeof page === 'string' ? { text: page } : page))
		.filter(isRecord)
		.map((page, position) => ({
			index: findIndex(page) ?? position,
			text: findText(page),
			images: findImages(page.images),
		}))
		.sort((a, b) => a.index - b.index);
}

const findText = (page: Json): string =>
	TEXT_KEYS.map((key) => page[key]).find(
		(text): text is string => typeof text === 'string' && text !== '',
	) ?? '';

/** An index is from 0, a page number from 1. */
function findIndex({ index, page_number, page }: Json): number | undefined {
	const number = toNumber(page_number ?? page);
	return toNumber(index) ?? (number === undefined ? undefined : number - 1);
}

/** The images, each with the name used in the text: its `id`, or its key in an object. */
function findImages(images: unknown): OutputFile[] {
	if (typeof images !== 'object' || images === null) return [];
	return Object.entries(images).flatMap(([key, image]) => {
		const { id, ...content } = isRecord(image) ? image : { content: image as unknown };
		const name = Array.isArray(images) ? id : key;
		const [found] = findOutputFiles(content);
		return found ? [{ ...found, ...(typeof name === 'string' && { fileName: name }) }] : [];
	});
}
