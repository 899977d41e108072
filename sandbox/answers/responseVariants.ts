import type { OutputItem } from './responseOutput';

/** The documented deviations in the items of a response, by name. */
export const RESPONSE_VARIANTS = {
	'response-refusal': (items) =>
		withContent(items, () => [{ type: 'refusal', refusal: 'I cannot help with that.' }]),
	'response-parts': (items) =>
		withContent(items, (content) => [
			{ type: 'output_text', text: 'First of all: ', annotations: [] },
			...content,
		]),
} satisfies Record<string, ResponseVariant>;

type ResponseVariant = (items: OutputItem[]) => OutputItem[];

function withContent(items: OutputItem[], rewrite: (content: object[]) => object[]): OutputItem[] {
	return items.map((item) => (item.content ? { ...item, content: rewrite(item.content) } : item));
}
