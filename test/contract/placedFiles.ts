import type { Contract } from './contracts';
import { examplesOf } from './examples';
import type { FilePlace } from './filePlaces';
import { asUpload } from './forms';
import type { FilledFile } from './runRequest';
import { recording, sampleFor } from './sampleFiles';
import { bodySchema, forms, isObject, valuesOf, type ApiDocument, type Schema } from './schema';

type Json = Record<string, unknown>;

/** An entry of 'Files' for a place: from the item, or by URL from the server of the sample files. */
export function entryFor({ path }: FilePlace, contract: Contract, server?: string): FilledFile {
	const isRecording = contract.operation === 'transcribe';
	const file = sampleFor(path, isRecording ? recording : undefined);
	const url = server === undefined ? {} : { url: `${server}/${file.fileName}` };
	return { file, ...url, parameter: path.join('.') };
}

/** A file as the body has it in a place. */
export function reference(
	{ path, holds, takesAddress }: FilePlace,
	{ file, url }: FilledFile,
): unknown {
	const base64 = file.bytes.toString('base64');
	if (holds === 'upload') return asUpload(path.join('.'), file);
	if (url !== undefined && takesAddress) return url;
	return holds === 'base64' ? base64 : `data:${file.mimeType};base64,${base64}`;
}

/** The body properties for a place that gets these files and nothing else. */
export function placedAlone(place: FilePlace, files: FilledFile[], document: ApiDocument): Json {
	const references = files.map((file) => reference(place, file));
	const value = place.takesOne && references.length === 1 ? references[0] : references;
	const body = bodySchema(document);
	const [{ file, url }] = files;
	const isAddress = url !== undefined && place.takesAddress;
	const isTypeAsked = place.holds === 'base64' && !isAddress && body.properties?.mimeType;
	return {
		...fill(body, place.path, value, document, false),
		...(isTypeAsked && { mimeType: file.mimeType }),
	};
}

function fill(
	schema: Schema,
	[name, ...rest]: string[],
	value: unknown,
	document: ApiDocument,
	withConstants = true,
): Json {
	const { properties = {}, required = [] } = schema;
	const constants = required.flatMap((each) => {
		const values = forms(properties[each] ?? {}, document).flatMap(valuesOf);
		return values.length === 1 && values[0] !== undefined ? [[each, values[0]]] : [];
	});
	const filled = rest.length ? fillBelow(properties[name], rest, value, document) : value;
	return { ...(withConstants && Object.fromEntries(constants)), [name]: filled };
}

function fillBelow(schema: Schema, path: string[], value: unknown, document: ApiDocument): unknown {
	for (const form of forms(schema, document)) {
		const objects = form.items ? forms(form.items, document) : [form];
		const object = objects.find(({ properties = {} }) => Object.hasOwn(properties, path[0]));
		const filled = object && fill(object, path, value, document);
		if (filled) return form.items ? [filled] : filled;
	}
	throw new Error(`No form of the schema has ${path.join('.')}`);
}

/** An example of the place's property with the file and without it; of lists, only the first entry. */
export function placedBeside(
	{ path: [name, ...rest], takesOne }: FilePlace,
	written: unknown,
	document: ApiDocument,
): { without: unknown; withFile: unknown } {
	const property = bodySchema(document).properties?.[name] ?? {};
	const whole = examplesOf(property, document)
		.map(firstOnly)
		.find((value) => has(value, rest));
	if (whole === undefined) throw new Error(`No example has ${rest.join('.')}`);
	const withFile = change(whole, rest, () => (takesOne ? written : [written]));
	return { without: change(whole, rest, () => undefined), withFile };
}

const firstOnly = (value: unknown): unknown => (Array.isArray(value) ? value.slice(0, 1) : value);

function has(value: unknown, [name, ...rest]: string[]): boolean {
	const object = Array.isArray(value) ? value[0] : value;
	if (!isObject(object) || !Object.hasOwn(object, name)) return false;
	return rest.length === 0 || has(object[name], rest);
}

/** A copy of a value with another value at a path, or without it if that is `undefined`. */
function change(value: unknown, [name, ...rest]: string[], make: () => unknown): unknown {
	if (Array.isArray(value)) return [change(value[0], [name, ...rest], make)];
	const { [name]: present, ...others } = value as Json;
	const changed = rest.length ? change(present, rest, make) : make();
	return changed === undefined ? others : { ...others, [name]: changed };
}
