import { allowedValues, alternatives, isRecord, type JsonSchema } from '../schema/jsonSchema';

type Body = Record<string, unknown>;

/**
 * A copy of `object` with one more file at `path`, in whatever its schema has there: the property
 * itself, a list, an object or a list of objects, of which the first with room for it is filled up.
 *
 * @param path property names down to the file; lists in between are not counted
 * @returns `undefined` when there is no room for it
 */
export function addFile(
	object: Body,
	schema: JsonSchema,
	[name, ...rest]: string[],
	file: unknown,
): Body | undefined {
	const property = schema.properties?.[name] ?? {};
	const filled = rest.length
		? addBelow(object[name], property, rest, file)
		: addHere(object[name], property, file);
	return filled === undefined ? undefined : { ...constantsOf(schema), ...object, [name]: filled };
}

function addHere(present: unknown, schema: JsonSchema, file: unknown): unknown {
	const forms = alternatives(schema);
	const list = forms.find(isList);
	if (present === undefined) return forms.every(isList) ? [file] : file;
	const files = Array.isArray(present) ? (present as unknown[]) : [present];
	return list && files.length < (list.maxItems ?? Infinity) ? [...files, file] : undefined;
}

function addBelow(present: unknown, schema: JsonSchema, path: string[], file: unknown): unknown {
	const form = alternatives(schema).find((branch) => findObject(branch, path[0]));
	const entry = form && findObject(form, path[0]);
	if (!entry) return undefined;
	if (!isList(form)) return addFile(isRecord(present) ? present : {}, entry, path, file);

	const entries = Array.isArray(present) ? (present as Body[]) : [];
	for (const [index, each] of entries.entries()) {
		const filled = addFile(each, entry, path, file);
		if (filled) return entries.with(index, filled);
	}
	if (entries.length >= (form.maxItems ?? Infinity)) return undefined;
	return [...entries, addFile({}, entry, path, file)];
}

const isList = ({ items }: JsonSchema): boolean => items !== undefined;

/** The object with that property: a form of the schema, or of what its list holds. */
function findObject(form: JsonSchema, name: string): JsonSchema | undefined {
	const forms = form.items ? alternatives(form.items) : [form];
	return forms.find(({ properties }) => properties !== undefined && name in properties);
}

/** What an object has to say whatever is in it, e.g. its `type`. */
function constantsOf({ properties = {}, required = [] }: JsonSchema): Body {
	const constants = required.flatMap((name) => {
		const values = allowedValues(properties[name] ?? {}) ?? [];
		return values.length === 1 ? [[name, values[0]] as const] : [];
	});
	return Object.fromEntries(constants);
}
