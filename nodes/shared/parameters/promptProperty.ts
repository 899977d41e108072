import { allowedValues, alternatives, type ObjectSchema } from '../schema/jsonSchema';
import { filePlaces } from './fileInputs';

/**
 * The body property that an operation's main text fills, such as the prompt or what is to be said:
 * the first of the usual names that the model has, otherwise its first required free text.
 *
 * @returns `undefined` when the model takes no such text; the first name without a schema
 */
export function mainTextProperty(
	schema: ObjectSchema | undefined,
	usualNames: readonly string[],
): string | undefined {
	if (!schema) return usualNames[0];
	const known = usualNames.find((name) => takesText(schema, name));
	if (known !== undefined) return known;
	const files = filePlaces(schema).map(({ path: [name] }) => name);
	return schema.required.find(
		(name) => name !== 'model' && !files.includes(name) && takesText(schema, name),
	);
}

const takesText = ({ properties }: ObjectSchema, name: string): boolean =>
	Object.hasOwn(properties, name) &&
	alternatives(properties[name]).some((form) => form.type === 'string' && !allowedValues(form));
