import {
	allowedValues,
	alternatives,
	type JsonSchema,
	type ObjectSchema,
} from '../schema/jsonSchema';

/** What a text is embedded for: to be searched (`document`) or to search with (`query`). */
export type InputType = 'document' | 'query';

const WORDS: Record<InputType, RegExp> = {
	document: /(?<![a-z])(documents?|passages?)(?![a-z])/i,
	query: /(?<![a-z])(query|queries)(?![a-z])/i,
};

/**
 * The body properties that tell a model what the texts are for, found by the values that its schema
 * lists: `RETRIEVAL_DOCUMENT` and `RETRIEVAL_QUERY`, or plain `document` and `query`. A property that
 * lists only one of the two is ignored.
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

/** The value without its purpose word, which is the same for both values of a pair. */
const restOf = (value: string, purpose: InputType): string =>
	value.replace(WORDS[purpose], '').toLowerCase();
