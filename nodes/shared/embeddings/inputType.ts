import {
	allowedValues,
	alternatives,
	type JsonSchema,
	type ObjectSchema,
} from '../schema/jsonSchema';

/** What a text is embedded for: to be found, or to find others by. */
export type InputType = 'document' | 'query';

const WORDS: Record<InputType, RegExp> = {
	document: /(?<![a-z])(documents?|passages?)(?![a-z])/i,
	query: /(?<![a-z])(query|queries)(?![a-z])/i,
};

/**
 * The body properties by which a model learns what texts are for, read from the values that its
 * schema lists: one like `RETRIEVAL_DOCUMENT` that has its counterpart in `RETRIEVAL_QUERY`, or plain
 * `document` and `query`. A property that lists only one of the two distinguishes nothing.
 */
export function toInputTypeProperties(
	schema: ObjectSchema | undefined,
	purpose: InputType | undefined,
): Record<string, string> {
	if (!schema || !purpose) return {};
	const found = Object.entries(schema.properties).flatMap(([name, property]) => {
		const pair = findPair(property);
		return pair ? [[name, pair[purpose]]] : [];
	});
	return Object.fromEntries(found) as Record<string, string>;
}

function findPair(property: JsonSchema): Record<InputType, string> | undefined {
	const values = alternatives(property)
		.flatMap((branch) => allowedValues(branch) ?? [])
		.filter((value): value is string => typeof value === 'string');
	const queries = values.filter((value) => WORDS.query.test(value));
	for (const document of values.filter((value) => WORDS.document.test(value))) {
		const query = queries.find((value) => restOf(value, 'query') === restOf(document, 'document'));
		if (query !== undefined) return { document, query };
	}
	return undefined;
}

/** A value without the word that tells the purpose: what both of a pair have in common. */
const restOf = (value: string, purpose: InputType): string =>
	value.replace(WORDS[purpose], '').toLowerCase();
