import * as fc from 'fast-check';
import type { Schema } from './schema';

/** Names of the schemas that a made-up document has under `components`. */
export const SHARED = ['Alpha', 'Beta'];

/** Any name except those of Object's methods, which n8n itself can't handle. */
export const propertyName = (): fc.Arbitrary<string> =>
	fc.oneof(
		{ weight: 9, arbitrary: fc.stringMatching(/^[a-z]{2,8}(_[a-z]{2,8}){0,2}$/) },
		{ weight: 1, arbitrary: fc.constantFrom('topP', 'max-steps', 'Seed', 'cfg.scale') },
	);

/**
 * Schemas of a parameter in OpenAPI 3.0 or 3.1: enums, ranges, patterns, nullable, `anyOf`, `oneOf`,
 * `allOf`, lists, nested objects, references.
 */
export function parameterSchema(depth: number, mayRefer: boolean): fc.Arbitrary<Schema> {
	const simple = fc.oneof(text(), choice(), number(), fc.constant<Schema>({ type: 'boolean' }));
	if (depth === 0) return nullable(simple);
	const inner = parameterSchema(depth - 1, mayRefer);
	return fc.oneof(
		nullable(simple),
		nullable(list(inner)),
		nullable(object(inner)),
		joined(inner),
		union(inner),
		...(mayRefer
			? [fc.constantFrom(...SHARED).map((name) => ({ $ref: `#/components/schemas/${name}` }))]
			: []),
	);
}

/** As it is, or nullable in the form of OpenAPI 3.0 or 3.1. */
const nullable = (arbitrary: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> =>
	fc.tuple(arbitrary, fc.nat(8)).map(([made, dice]) => {
		if (dice === 0) return { ...made, nullable: true };
		if (dice > 1 || typeof made.type !== 'string' || made.enum || 'const' in made) return made;
		return { ...made, type: [made.type, 'null'] };
	});

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
		fc.stringMatching(/^[a-z]{1,6}$/).map((value) => ({ type: 'string', const: value })),
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

/** An object with `allOf`. */
const joined = (inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> =>
	fc.tuple(inner, inner).map(
		([first, second]): Schema => ({
			type: 'object',
			allOf: [
				{ type: 'object', properties: { first }, required: ['first'] },
				{ type: 'object', properties: { second } },
			],
		}),
	);

/** `anyOf`, or `oneOf` with a property that distinguishes the forms, as in the API's documents. */
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
