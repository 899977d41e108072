import * as fc from 'fast-check';
import { CHAT } from './contracts';
import type { Schema } from './schema';

/** The text and the files of a made-up model's requests. */
export interface Core {
	properties: Record<string, Schema>;
	required: string[];
	/** Paths that take files, with dots between the names. */
	files: string[];
	/** The property of the main text, if it has an unusual name. */
	text?: string;
}

/** A part of a core. */
interface Part {
	name: string;
	schema: Schema;
	required: boolean;
	files?: string[];
}

const CORES: Record<string, () => fc.Arbitrary<Core>> = {
	'/v1/responses': () =>
		fc.constant(
			coreOf([needed('input', { anyOf: [{ type: 'string' }, { type: 'array', items: message }] })]),
		),
	'/v1/images/edits': () => withText('prompt', ['wish'], uploads()),
	'/v2/generate/audio': () => withText('prompt', ['mood'], media('audio')),
	'/v1/tts': () => withText('text', ['words', 'story'], media('audio')),
	'/v1/stt/create': () => recordings(),
	'/v1/ocr': () => documents(),
	[CHAT]: () => fc.constant(coreOf([needed('messages', { type: 'array', items: message })])),
	'/v1/images/generations': () => withText('prompt', ['description', 'scene'], media('image')),
	'/v2/video/generations': () =>
		withText('prompt', ['instruction', 'story'], media('image', 'video', 'audio')),
	'/v1/embeddings': () =>
		fc
			.constantFrom<Schema[]>(
				[{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
				[
					{ type: 'string', minLength: 2 },
					{ type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 16 },
				],
			)
			.map((forms) => coreOf([needed('input', { anyOf: forms })])),
};

/** The core of a model of an endpoint. */
export const makeCore = (path: string): fc.Arbitrary<Core> => CORES[path]();

const needed = (name: string, schema: Schema): Part => ({ name, schema, required: true });

const message: Schema = {
	type: 'object',
	properties: { role: { type: 'string', enum: ['user'] }, content: { type: 'string' } },
	required: ['role', 'content'],
};

function coreOf(parts: Part[], text?: string): Core {
	return {
		properties: Object.fromEntries(parts.map(({ name, schema }) => [name, schema])),
		required: parts.filter(({ required }) => required).map(({ name }) => name),
		files: parts.flatMap(({ files = [] }) => files),
		text,
	};
}

/** A main text with its usual name, or a required one with another name; and files. */
const withText = (
	usual: string,
	others: string[],
	files: fc.Arbitrary<Part[]>,
): fc.Arbitrary<Core> =>
	fc
		.tuple(
			fc.oneof(
				fc.boolean().map((required) => ({ name: usual, required })),
				fc.constantFrom(...others).map((name) => ({ name, required: true })),
			),
			fc.constantFrom<Schema>(
				{ type: 'string' },
				{ type: 'string', minLength: 2, maxLength: 400 },
				{ type: 'string', nullable: true },
			),
			files,
		)
		.map(([{ name, required }, schema, parts]) =>
			coreOf([{ name, schema, required }, ...parts], name === usual ? undefined : name),
		);

/** Up to three properties that take files, in all forms. */
const media = (...families: string[]): fc.Arbitrary<Part[]> =>
	fc.uniqueArray(
		fc
			.tuple(
				fc.constantFrom(...families),
				fc.constantFrom('#', '#_url', 'input_#_url', 'reference_#', 'first_#_uri', 'source_#s'),
				fc.constantFrom(...FILE_FORMS),
				fc.boolean(),
			)
			.map(([family, pattern, form, required]): Part => {
				const name = pattern.replace('#', family);
				const { schema, below } = form(family);
				return { name, schema, required, files: below.map((path) => name + path) };
			}),
		{ maxLength: 3, selector: ({ name }) => name },
	);

const ADDRESS: Schema = { type: 'string', format: 'uri' };

/** A schema that takes files, and the paths to them below the property. */
type FileForm = (family: string) => { schema: Schema; below: string[] };

const FILE_FORMS: FileForm[] = [
	() => ({ schema: ADDRESS, below: [''] }),
	() => ({ schema: { type: 'string', description: 'An address or base64.' }, below: [''] }),
	() => ({ schema: { type: ['string', 'null'], format: 'uri' }, below: [''] }),
	() => ({ schema: { type: 'array', items: ADDRESS, minItems: 1, maxItems: 3 }, below: [''] }),
	() => ({ schema: { type: 'array', items: { type: 'string' }, nullable: true }, below: [''] }),
	() => ({ schema: { anyOf: [ADDRESS, { type: 'array', items: ADDRESS }] }, below: [''] }),
	() => ({
		schema: {
			type: 'object',
			properties: { url: ADDRESS, detail: { type: 'string', enum: ['low', 'high'] } },
			required: ['url'],
			additionalProperties: false,
		},
		below: ['.url'],
	}),
	(family) => ({
		schema: {
			type: 'array',
			items: {
				type: 'object',
				properties: {
					type: { type: 'string', const: family },
					[`${family}_url`]: ADDRESS,
					weight: { type: 'number', minimum: 0, maximum: 1 },
				},
				required: ['type', `${family}_url`],
			},
			maxItems: 4,
		},
		below: [`.${family}_url`],
	}),
];

const UPLOADED: Schema = {
	type: 'object',
	properties: {
		mimetype: { type: 'string' },
		size: { type: 'integer' },
		originalname: { type: 'string' },
		encoding: { type: 'string' },
		fieldname: { type: 'string' },
	},
	required: ['mimetype', 'originalname', 'encoding', 'fieldname'],
};

const BINARY: Schema = { type: 'string', format: 'binary' };

/** One or several images to edit, and a mask. */
const uploads = (): fc.Arbitrary<Part[]> =>
	fc
		.record({
			name: fc.constantFrom('image', 'source_image', 'photo'),
			schema: fc.constantFrom<Schema>(
				UPLOADED,
				BINARY,
				{ anyOf: [UPLOADED, { type: 'array', items: UPLOADED, maxItems: 4 }] },
				{ type: 'array', items: BINARY, minItems: 1 },
			),
			mask: fc.constantFrom(undefined, UPLOADED, BINARY),
		})
		.map(({ name, schema, mask }) => [
			{ ...needed(name, schema), files: [name] },
			...(mask ? [{ name: 'mask', schema: mask, required: false, files: ['mask'] }] : []),
		]);

/** A recording by URL, as an upload, or both. */
const recordings = (): fc.Arbitrary<Core> =>
	fc
		.record({
			address: fc.constantFrom(undefined, 'url', 'audio_url', 'recording_url'),
			upload: fc.constantFrom('file', 'audio', 'audio_file'),
			schema: fc.constantFrom(UPLOADED, BINARY),
			isUploaded: fc.boolean(),
		})
		.map(({ address, upload, schema, isUploaded }) => {
			const part = { name: upload, schema, required: address === undefined, files: [upload] };
			if (address === undefined) return coreOf([part]);
			const onWeb = { name: address, schema: ADDRESS, required: !isUploaded, files: [address] };
			return coreOf(isUploaded ? [onWeb, part] : [onWeb]);
		});

/** A document as a URL, as an object of one of two kinds, or either. */
const documents = (): fc.Arbitrary<Core> => {
	const kind = (name: string): Schema => ({
		type: 'object',
		properties: { type: { type: 'string', enum: [name] }, [name]: ADDRESS },
		required: ['type', name],
	});
	const kinds = ['document_url', 'image_url'];
	return fc
		.record({
			name: fc.constantFrom('document', 'file', 'input_file'),
			isObject: fc.boolean(),
			isText: fc.boolean(),
		})
		.map(({ name, isObject, isText }) => {
			const asObject = isObject || !isText;
			return coreOf([
				{
					...needed(name, {
						anyOf: [...(isText ? [ADDRESS] : []), ...(asObject ? kinds.map(kind) : [])],
					}),
					files: [
						...(isText ? [name] : []),
						...(asObject ? kinds.map((each) => `${name}.${each}`) : []),
					],
				},
			]);
		});
};
