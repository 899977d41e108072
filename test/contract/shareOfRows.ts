import { bodySchema, type ApiDocument } from './schema';
import type { DocumentedModel } from './surroundings';

/**
 * The rows of examples that a model tries. Many models have the same schema word for word: they
 * share its rows, so that all are tried, and by each model one at least.
 */
export function shareOfRows(
	model: DocumentedModel,
	models: DocumentedModel[],
	rows: number,
): number[] {
	const twins = models.filter(({ document }) => textOf(document) === textOf(model.document));
	const position = twins.indexOf(model);
	if (position >= rows) return [position % rows];
	return Array.from({ length: rows }, (_, row) => row).filter(
		(row) => row % twins.length === position,
	);
}

const texts = new WeakMap<ApiDocument, string>();

/** The schema without what differs from model to model: its id and what is said about it. */
function textOf(document: ApiDocument): string {
	const { properties, ...body } = bodySchema(document);
	const text =
		texts.get(document) ??
		JSON.stringify(
			[
				{ ...body, title: '' },
				{ ...properties, model: '' },
			],
			(keyword, value: unknown) =>
				keyword === 'description' && typeof value === 'string' ? undefined : value,
		);
	texts.set(document, text);
	return text;
}
