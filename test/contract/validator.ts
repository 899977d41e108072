import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { bodySchema, isBareNull, isObject, type ApiDocument, type Schema } from './schema';

const ajv = addFormats(
	new Ajv({ strict: false, inlineRefs: false, ownProperties: true, logger: false }),
);

/** IDs of schemas by their text: many models have the same, and compiling takes most of the time. */
const shared = new Map<string, string>();

const validators = new WeakMap<ApiDocument, ValidateFunction>();

/**
 * Validates request bodies as the API does, which also refuses top-level properties that the document
 * doesn't have. The conversion to JSON Schema is independent of the node's and the sandbox's, so that an
 * error there doesn't confirm itself.
 */
export function bodyValidator(document: ApiDocument): ValidateFunction {
	const { properties, ...rest } = bodySchema(document);
	const validator =
		validators.get(document) ??
		ajv.compile({
			...convert(rest),
			properties: mapValues(properties, (property) => ({ $ref: share(property, document) })),
			additionalProperties: false,
		});
	validators.set(document, validator);
	return validator;
}

/** Validates single values against a schema of the document. */
export function valueValidator(schema: Schema, document: ApiDocument): ValidateFunction {
	return ajv.getSchema(share(schema, document))!;
}

/** What is wrong with a value; '' if nothing is. */
export function complaint(validate: ValidateFunction, value: unknown): string {
	return validate(value) ? '' : ajv.errorsText(validate.errors);
}

function share(schema: Schema, { components }: ApiDocument): string {
	const definitions = mapValues(components?.schemas, convert);
	const converted = { ...convert(schema), definitions };
	const text = JSON.stringify(converted);
	const known = shared.get(text);
	if (known) return known;
	const id = `shared:${shared.size}`;
	shared.set(text, id);
	ajv.addSchema(converted, id);
	return id;
}

const mapValues = <T, U>(record: Record<string, T> = {}, change: (value: T) => U) =>
	Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

function convert(schema: Schema): Record<string, unknown> {
	if (isUpload(schema)) return UPLOAD;
	if (schema.$ref !== undefined) return { $ref: `#/definitions/${schema.$ref.split('/').pop()}` };
	const { nullable, ...rest } = { ...schema, description: undefined };
	const converted: Record<string, unknown> = {
		...rest,
		...bound('exclusiveMinimum', rest.exclusiveMinimum, rest.minimum),
		...bound('exclusiveMaximum', rest.exclusiveMaximum, rest.maximum),
	};
	for (const keyword of ['anyOf', 'oneOf', 'allOf'] as const) {
		if (rest[keyword]) converted[keyword] = rest[keyword].map(convertBranch);
	}
	if (rest.items) converted.items = convert(rest.items);
	if (isObject(rest.additionalProperties)) {
		converted.additionalProperties = convert(rest.additionalProperties);
	}
	if (rest.properties) converted.properties = mapValues(rest.properties, convert);
	if (nullable !== true || isBareNull(schema)) return converted;
	return { anyOf: [converted, { type: 'null' }] };
}

/** A file in a form, which OpenAPI describes as a binary string. */
const isUpload = ({ type, format }: Schema): boolean => type === 'string' && format === 'binary';

const UPLOAD = { type: 'object', required: ['fieldname', 'originalname', 'mimetype'] };

const convertBranch = (branch: Schema) => (isBareNull(branch) ? { type: 'null' } : convert(branch));

/** In OpenAPI 3.0 `true` makes the bound beside it exclusive. */
function bound(keyword: string, exclusive: number | boolean | undefined, limit?: number) {
	if (typeof exclusive === 'number') return {};
	return { [keyword]: exclusive === true ? limit : undefined };
}
