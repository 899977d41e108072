import * as fc from 'fast-check';
import { OWN_PROPERTIES } from './chat';
import type { ApiDocument, Schema } from './schema';

const SHARED = ['Alpha', 'Beta'];

/**
 * Documents of a chat model that does not exist, in the dialect of the API: properties of any name,
 * enums, ranges, patterns, nullable, unions in both spellings, lists, nested objects, references.
 */
export function unseenDocument(): fc.Arbitrary<ApiDocument> {
	return fc
		.record({
			properties: fc.dictionary(propertyName(), schema(2, true), { minKeys: 1, maxKeys: 6 }),
			required: fc.array(fc.nat(20), { maxLength: 3 }),
			shared: fc.tuple(...SHARED.map(() => schema(1, false))),
			isRootShared: fc.boolean(),
		})
		.map(({ properties, required, shared, isRootShared }) => {
			const names = Object.keys(properties);
			const document = unseenDocumentOf(properties, [
				...new Set(required.map((index) => names[index % names.length])),
			]);
			const schemas = Object.fromEntries(SHARED.map((name, index) => [name, shared[index]]));
			document.components = { schemas };
			return isRootShared ? withSharedRoot(document) : document;
		});
}

/** A document whose request has the given properties beside the model and the messages. */
export function unseenDocumentOf(
	properties: Record<string, Schema>,
	required: string[],
): ApiDocument {
	const message = {
		type: 'object',
		properties: { role: { type: 'string', enum: ['user'] }, content: { type: 'string' } },
		required: ['role', 'content'],
	};
	const root: Schema = {
		type: 'object',
		properties: {
			model: { type: 'string' },
			messages: { type: 'array', items: message },
			...properties,
		},
		required: ['model', 'messages', ...required],
	};
	const content = { 'application/json': { schema: root } };
	return {
		openapi: '3.0.0',
		paths: { '/v1/chat/completions': { post: { requestBody: { content } } } },
	};
}

function withSharedRoot(document: ApiDocument): ApiDocument {
	const [{ post }] = Object.values(document.paths);
	const [media] = Object.values(post.requestBody.content);
	const schemas = { ...document.components?.schemas, Request: media.schema };
	media.schema = { $ref: '#/components/schemas/Request' };
	return { ...document, components: { schemas } };
}

const propertyName = () =>
	fc
		.oneof(
			{ weight: 9, arbitrary: fc.stringMatching(/^[a-z]{2,8}(_[a-z]{2,8}){0,2}$/) },
			{ weight: 1, arbitrary: fc.constantFrom('constructor', 'toString', 'valueOf', 'topP') },
		)
		.filter((name) => !OWN_PROPERTIES.includes(name));

function schema(depth: number, mayRefer: boolean): fc.Arbitrary<Schema> {
	const simple = fc.oneof(text(), choice(), number(), fc.constant<Schema>({ type: 'boolean' }));
	if (depth === 0) return nullable(simple);
	const inner = schema(depth - 1, mayRefer);
	return fc.oneof(
		nullable(simple),
		nullable(list(inner)),
		nullable(object(inner)),
		union(inner),
		...(mayRefer
			? [fc.constantFrom(...SHARED).map((name) => ({ $ref: `#/components/schemas/${name}` }))]
			: []),
	);
}

const nullable = (arbitrary: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> =>
	fc.tuple(arbitrary, fc.nat(4)).map(([made, dice]) => (dice ? made : { ...made, nullable: true }));

const text = (): fc.Arbitrary<Schema> =>
	fc.oneof(
		fc.constant<Schema>({ type: 'string' }),
		fc.tuple(fc.nat(5), fc.nat(20)).map(([minLength, more]) => ({
			type: 'string',
			minLength,
			maxLength: minLength + more + 1,
		})),
		fc
			.constantFrom('^[a-z]{3}-\\d{2}$', '^#[0-9A-F]{6}$', '^(low|high):[1-9]$')
			.map((pattern) => ({ type: 'string', pattern })),
	);

const choice = (): fc.Arbitrary<Schema> =>
	fc.oneof(
		fc
			.uniqueArray(fc.stringMatching(/^[a-z]{1,6}\d?$/), { minLength: 1, maxLength: 5 })
			.map((values) => ({ type: 'string', enum: values })),
		fc
			.uniqueArray(fc.integer({ min: -9, max: 99 }), { minLength: 1, maxLength: 4 })
			.map((values) => ({ type: 'integer', enum: values })),
	);

const number = (): fc.Arbitrary<Schema> =>
	fc
		.record({
			type: fc.constantFrom('integer', 'number'),
			low: fc.integer({ min: -100, max: 100 }),
			span: fc.integer({ min: 3, max: 500 }),
			bounds: fc.constantFrom('none', 'low', 'high', 'both', 'open', 'openNumber'),
		})
		.map(({ type, low, span, bounds }): Schema => {
			const high = low + span;
			switch (bounds) {
				case 'none':
					return { type };
				case 'low':
					return { type, minimum: low };
				case 'high':
					return { type, maximum: high };
				case 'both':
					return { type, minimum: low, maximum: high, default: low };
				case 'open':
					return {
						type,
						minimum: low,
						exclusiveMinimum: true,
						maximum: high,
						exclusiveMaximum: true,
					};
				default:
					return { type, exclusiveMinimum: low, exclusiveMaximum: high };
			}
		});

const list = (items: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> =>
	fc
		.tuple(items, fc.option(fc.nat(2)), fc.option(fc.integer({ min: 3, max: 9 })))
		.map(([entry, minItems, maxItems]) => ({
			type: 'array',
			items: entry,
			...(minItems !== null && { minItems }),
			...(maxItems !== null && { maxItems }),
		}));

const object = (inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> =>
	fc
		.tuple(
			fc.dictionary(fc.stringMatching(/^[a-z]{1,7}$/), inner, { minKeys: 1, maxKeys: 3 }),
			fc.nat(3),
			fc.oneof(fc.constant(undefined), fc.constant(false), inner),
		)
		.map(([properties, count, additionalProperties]) => ({
			type: 'object',
			properties,
			required: Object.keys(properties).slice(0, count),
			...(additionalProperties !== undefined && { additionalProperties }),
		}));

/** `oneOf` with a property that tells the forms apart, as the API's documents have it; or `anyOf`. */
const union = (inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> =>
	fc.oneof(
		fc.array(inner, { minLength: 2, maxLength: 3 }).map((branches) => ({ anyOf: branches })),
		fc.tuple(inner, inner).map((branches) => ({
			anyOf: [...branches, { nullable: true }],
			description: 'Any of them.',
		})),
		fc.tuple(inner, inner).map((branches) => ({
			oneOf: branches.map((value, index) => ({
				type: 'object',
				properties: { type: { type: 'string', enum: [`form-${index}`] }, value },
				required: ['type'],
				additionalProperties: false,
			})),
		})),
	);
