import {
	acceptedTypes,
	allowedValues,
	alternatives,
	type JsonSchema,
	type ObjectSchema,
} from '../schema/jsonSchema';
import { findFileInputs } from './fileInputs';

/**
 * The body property that an operation's main text fills (the prompt, the text to speak): the first of
 * the usual names that the model has, otherwise its first required free-text property.
 *
 * @returns `undefined` if the model accepts no such text; the first name if there is no schema
 */
export function findPromptProperty(
	schema: ObjectSchema | undefined,
	usualNames: readonly string[],
): string | undefined {
	if (!schema) return usualNames[0];
	const known = usualNames.find((name) =>
		formsOf(schema, name).some((form) => isFreeText(form) || isUntyped(form)),
	);
	if (known !== undefined) return known;
	const files = findFileInputs(schema).map(({ path: [name] }) => name);
	return schema.required.find(
		(name) => name !== 'model' && !files.includes(name) && formsOf(schema, name).some(isFreeText),
	);
}

const formsOf = ({ properties }: ObjectSchema, name: string): JsonSchema[] =>
	Object.hasOwn(properties, name) ? alternatives(properties[name]) : [];

const isFreeText = (form: JsonSchema): boolean => form.type === 'string' && !allowedValues(form);

const isUntyped = (form: JsonSchema): boolean =>
	form.type === undefined && acceptedTypes(form).size === 0;
