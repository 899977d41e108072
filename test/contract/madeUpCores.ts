import * as fc from 'fast-check';
import { CHAT } from './contracts';
import type { Schema } from './schema';

/** What a made-up model's requests live on: its text and its files. */
export interface Core {
	properties: Record<string, Schema>;
	required: string[];
	/** Where files go, with dots between the names. */
	files: string[];
	/** The property of its main text, where that has none of the usual names. */
	text?: string;
}

/** A part of a core. */
interface Part {
	name: string;
	schema: Schema;
	required: boolean;
	files?: string[];
}

const cores: Record<string, () => fc.Arbitrary<Core>> = {
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

/** What a model behind an endpoint has to have. */
export const makeCore = (path: string): fc.Arbitrary<Core> => cores[path]();

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

/** A main text under its usual name, or a required one under another; beside it files. */
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

/** Up to three properties for files, in the forms that files are taken in. */
const media = (...families: string[]): fc.Arbitrary<Part[]> =>
	fc.uniqueArray(
		fc
			.tuple(
				fc.constantFrom(...families),
				fc.constantFrom('#', '#_url', 'input_#_url', 'reference_#', 'first_#_uri', 'source_#s'),
				fc.constantFrom(...fileForms),
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

/** A schema that takes files, and where below the property. */
type FileForm = (family: string) => { schema: Schema; below: string[] };

const fileForms: FileForm[] = [
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

/** An image to edit, or several, and what is to stay as it is. */
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

/** A recording on the web, as upload, or both. */
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

/** A document as address, as an object of one of several kinds, or either. */
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
