import type { Attachment } from '../../shared/chat/contentParts';
import { InputError } from '../../shared/errors/InputError';
import { isRecord } from '../../shared/json';
import { findFileInputs, MIME_TYPE, type FileInput } from '../../shared/parameters/fileInputs';
import { toParameterLabel } from '../../shared/parameters/parameterFields';
import type { TargetModel } from '../../shared/parameters/targetModel';
import {
	allowedValues,
	alternatives,
	type JsonSchema,
	type ObjectSchema,
} from '../../shared/schema/jsonSchema';
import type { FormFile } from '../run/multipart';
import { familyOf } from './fileContent';

/** A file that may have to be uploaded. */
export interface SourceFile extends Attachment {
	/** As a part of a multipart form; a file from a URL goes into n8n's store first. */
	toPart(): Promise<FormFile>;
}

/** A file and the body property that the user chose for it. */
export interface InputFile {
	file: SourceFile;
	/** A property name, or a path with dots; '' to choose automatically. */
	parameter: string;
}

type Body = Record<string, unknown>;

/**
 * The body properties with the files: each a URL, a data URL, base64 or an upload, by itself, in a list
 * or in an object, as the model's schema defines it.
 *
 * @param given the body's other parameters; files are added to their lists and objects
 * @throws InputError when it isn't clear which property a file belongs to, or there is no room for it
 */
export async function toFileParameters(
	files: InputFile[],
	{ id, schema }: TargetModel,
	given: Body = {},
): Promise<Body> {
	let body = given;
	for (const { file, parameter } of files) {
		body = schema
			? await toSchemaParameters(body, file, parameter, schema, id)
			: await toUncheckedParameters(body, file, parameter);
	}
	return Object.fromEntries(Object.entries(body).filter(([name, value]) => value !== given[name]));
}

/** Without a schema: the chosen property, or the most common one for the file's type. */
async function toUncheckedParameters(
	body: Body,
	file: SourceFile,
	parameter: string,
): Promise<Body> {
	const family = familyOf(file.mimeType);
	const name = parameter || (FILE_KINDS.has(family) ? `${family}_url` : 'url');
	const reference = await encodeFile(file, 'address');
	const present = body[name];
	return { ...body, [name]: present === undefined ? reference : [present, reference].flat() };
}

const FILE_KINDS = new Set(['image', 'video', 'audio']);

async function toSchemaParameters(
	body: Body,
	file: SourceFile,
	parameter: string,
	schema: ObjectSchema,
	model: string,
): Promise<Body> {
	const all = findFileInputs(schema);
	const meant = all.filter(({ path }) => matchesParameter(path, parameter));
	if (!meant.length) throw unknownParameterError(parameter, all, model);
	const free = meant
		.filter(({ path }) => addFile(body, schema, path, file) !== undefined)
		.map((place) => ({ ...place, required: place.required && !(place.path[0] in body) }));
	if (!free.length) throw noRoomError(meant, parameter, model);
	const place = parameter ? mostLikelyInputs(free, file)[0] : chooseInput(free, file, model);
	const filled = addFile(body, schema, place.path, await encodeFile(file, place.encoding))!;
	const isTypeAsked = MIME_TYPE in schema.properties && filled[MIME_TYPE] === undefined;
	const saysType = place.encoding === 'base64' && isTypeAsked && file.mimeType !== '';
	return saysType ? { ...filled, [MIME_TYPE]: file.mimeType } : filled;
}

/** A chosen property includes all properties inside it. */
const matchesParameter = (path: string[], parameter: string): boolean =>
	parameter === '' || `${path.join('.')}.`.startsWith(`${parameter}.`);

/** The input that fits the file best. @throws InputError when several fit equally well */
function chooseInput(places: FileInput[], file: Attachment, model: string): FileInput {
	// Empty for a URL without a known extension.
	const family = familyOf(file.mimeType);
	const suitable = places.filter(
		(place) => family === '' || place.family === '' || place.family === family,
	);
	const [first, second] = mostLikelyInputs(suitable, file);
	const isClear = first && (!second || rankOf(first, file) !== rankOf(second, file));
	if (isClear) return first;
	throw new InputError(
		`It isn't clear what ${model} should use ${file.fileName} for`,
		`Add the field 'Parameter Name or ID' to the file in 'Files', and choose one of: ${namesOf(places)}.`,
	);
}

const mostLikelyInputs = (places: FileInput[], file: Attachment): FileInput[] =>
	places.toSorted((a, b) => rankOf(a, file).localeCompare(rankOf(b, file)));

/**
 * How well an input fits a file, as a sort key. In this order: it is still required, takes the file
 * without conversion, is named after its type, is at the top level, and is named after nothing else.
 */
function rankOf({ path, encoding, required, family }: FileInput, file: Attachment): string {
	const own = familyOf(file.mimeType);
	const name = path.join('.').toLowerCase();
	const isPlain = name.startsWith(own) && PLAIN_ENDINGS.has(name.slice(own.length));
	return [
		required ? 0 : 1,
		(file.url ? ['address', 'upload', 'base64'] : ['upload', 'base64', 'address']).indexOf(
			encoding,
		),
		family === own ? 0 : 1,
		path.length,
		isPlain ? 0 : 1,
	].join(' ');
}

/** What may follow the type in a plain property name, e.g. `image_urls`. */
const PLAIN_ENDINGS = new Set(
	['', '_url', 'url', '_list', 'list'].flatMap((end) => [end, `${end}s`]),
);

async function encodeFile(file: SourceFile, takes: FileInput['encoding']): Promise<unknown> {
	switch (takes) {
		case 'upload':
			return await file.toPart();
		case 'base64':
			return await file.base64();
		default:
			return file.url ?? `data:${file.mimeType};base64,${await file.base64()}`;
	}
}

const namesOf = (places: FileInput[]): string =>
	[...new Set(places.map(({ path }) => path.join('.')))].join(', ');

function unknownParameterError(parameter: string, places: FileInput[], model: string): InputError {
	if (!places.length) {
		return new InputError(
			`${model} doesn't support files`,
			"Remove the entry from 'Files', or choose another model.",
		);
	}
	return new InputError(
		`${model} doesn't support a file for '${toParameterLabel(parameter)}'`,
		`Choose one of these in 'Parameter Name or ID' of the file in 'Files': ${namesOf(places)}.`,
	);
}

function noRoomError(places: FileInput[], parameter: string, model: string): InputError {
	const name = parameter || namesOf(places);
	return new InputError(
		`${model} doesn't support another file for '${toParameterLabel(name)}'`,
		"Remove entries for it from 'Files', or choose another parameter for them.",
	);
}

/**
 * A copy of `object` with one more file at `path`: in the property itself, a list, an object, or the
 * first object with room in a list of objects, as its schema defines it.
 *
 * @param path property names down to the file, without list indexes
 * @returns `undefined` if there is no room for it
 */
function addFile(
	object: Body,
	schema: JsonSchema,
	[name, ...rest]: string[],
	file: unknown,
): Body | undefined {
	const property = schema.properties?.[name] ?? {};
	const filled = rest.length
		? addToNested(object[name], property, rest, file)
		: addToProperty(object[name], property, file);
	return filled === undefined ? undefined : { ...constantsOf(schema), ...object, [name]: filled };
}

function addToProperty(present: unknown, schema: JsonSchema, file: unknown): unknown {
	const forms = alternatives(schema);
	const list = forms.find(isList);
	if (present === undefined) return forms.every(isList) ? [file] : file;
	const files = Array.isArray(present) ? (present as unknown[]) : [present];
	return list && files.length < (list.maxItems ?? Infinity) ? [...files, file] : undefined;
}

function addToNested(present: unknown, schema: JsonSchema, path: string[], file: unknown): unknown {
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

/** The alternative of a schema, or of its list items, that has the property. */
function findObject(form: JsonSchema, name: string): JsonSchema | undefined {
	const forms = form.items ? alternatives(form.items) : [form];
	return forms.find(({ properties }) => properties !== undefined && name in properties);
}

/** Required properties with a single allowed value, e.g. `type`. */
function constantsOf({ properties = {}, required = [] }: JsonSchema): Body {
	const constants = required.flatMap((name) => {
		const values = allowedValues(properties[name] ?? {}) ?? [];
		return values.length === 1 ? [[name, values[0]] as const] : [];
	});
	return Object.fromEntries(constants);
}
