import { bodyError } from '../server/errors';
import type { ModelAnswer, ModelCall } from '../server/modelRoute';
import { fixture } from '../media/fixtures';
import { costOf, costReport } from '../models/pricing';
import type { Schema } from '../schema/openapi';
import { sampleFromSchema } from './sampleFromSchema';

type Body = Record<string, unknown>;

const PAGE_COUNT = 3;

/** Reads the requested pages of a document with three pages, or of an image with one. */
export function extractText({ model, body }: ModelCall): ModelAnswer {
	const document = sourceOf(body.document);
	const all = Array.from({ length: document.isImage ? 1 : PAGE_COUNT }, (_, index) => index);
	const wanted = all.filter(selection(body.pages));
	const pages = wanted.map((index) => pageOf(index, document.name, body));
	const text = pages.map(({ markdown }) => markdown).join('\n');
	const cost = costOf(model.pricing, { page: pages.length }, body);
	const annotation = (body.document_annotation_format as Body | undefined)?.json_schema as Body;
	return {
		body: {
			pages,
			model: model.id,
			document_annotation: annotation
				? JSON.stringify(sampleFromSchema(annotation.schema as Schema, text))
				: null,
			usage_info: { pages_processed: pages.length, doc_size_bytes: document.size },
			...costReport(cost),
		},
		cost,
	};
}

/** `{ document_url }`, `{ image_url }`, or for Google a plain URL or base64. */
function sourceOf(document: unknown): { name: string; size: number; isImage: boolean } {
	const { document_url, image_url } = { ...(document as Body) };
	const source = String(document_url ?? image_url ?? document);
	const isInline = source.startsWith('data:') || !/^https?:/.test(source);
	const name = isInline ? 'the document' : source.split(/[?#]/)[0].split('/').pop();
	return { name: name || 'the document', size: source.length, isImage: image_url !== undefined };
}

/**
 * Whether a page, by index from 0, is requested: by a list, a text such as `0-2`, or for Google an object
 * that counts from 1 and whose `start` and `end` are numbers of pages unless it is a range.
 */
function selection(pages: unknown): (index: number) => boolean {
	if (Array.isArray(pages)) return (index) => pages.includes(index);
	if (typeof pages === 'string') {
		const ranges = pages.split(',').map(parseRange);
		return (index) => ranges.some(([from, to]) => index >= from && index <= to);
	}
	const { type, start, end, indices } = { ...(pages as Body) };
	switch (type) {
		case 'indices':
			return (index) => (indices as number[]).includes(index + 1);
		case 'range':
			return (index) => index + 1 >= Number(start) && index + 1 <= Number(end);
		case 'start':
			return (index) => index < Number(start);
		case 'end':
			return (index) => index >= PAGE_COUNT - Number(end);
		default:
			return () => true;
	}
}

/** `3` or `0-2`. */
function parseRange(text: string): [from: number, to: number] {
	const [, from, to = from] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(text) ?? [];
	if (from === undefined)
		throw bodyError('pages', `Expected pages such as 0-2 at pages, received '${text}'`);
	return [Number(from), Number(to)];
}

const FIGURE = { id: 'img-0.jpeg', top_left_x: 50, top_left_y: 90 };

function pageOf(index: number, name: string, { include_image_base64: isInline }: Body) {
	return {
		index,
		markdown: `# Page ${index + 1}\n\nThis is page ${index + 1} of ${name}.\n\n![${FIGURE.id}](${FIGURE.id})`,
		images: [
			{
				...FIGURE,
				bottom_right_x: 66,
				bottom_right_y: 106,
				image_base64: isInline
					? `data:image/jpeg;base64,${fixture('image.jpeg').toString('base64')}`
					: null,
			},
		],
		dimensions: { dpi: 200, height: 2200, width: 1700 },
	};
}
