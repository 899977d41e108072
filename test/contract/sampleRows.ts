import { bodySchema, type ApiDocument } from './schema';
import type { DocumentedModel } from './collections';

/**
 * The rows of examples that a model is tested with. Models with the same schema share its rows, so that
 * each row is tested once and each model with at least one.
 */
export function sampleRows(
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

/** The schema without the model's ID and without descriptions. */
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
