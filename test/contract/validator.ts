import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { bodySchema, isBareNull, isObject, type ApiDocument, type Schema } from './schema';

const ajv = addFormats(
	new Ajv({ strict: false, inlineRefs: false, ownProperties: true, logger: false }),
);

/** Property schemas that many models have word for word; compiling each once saves most of the time. */
const shared = new Map<string, string>();

const validators = new WeakMap<ApiDocument, ValidateFunction>();

/**
 * Holds request bodies against a document as the API does, which also refuses top-level properties
 * that the document does not name. A translation to JSON Schema of this test's own, so that a
 * misreading in the node or in the sandbox does not confirm itself.
 */
export function bodyValidator(document: ApiDocument): ValidateFunction {
	const { properties, ...rest } = bodySchema(document);
	const validator =
		validators.get(document) ??
		ajv.compile({
			...translate(rest),
			properties: mapValues(properties, (property) => ({ $ref: share(property, document) })),
			additionalProperties: false,
		});
	validators.set(document, validator);
	return validator;
}

/** Holds single values against a schema of the document. */
export function valueValidator(schema: Schema, document: ApiDocument): ValidateFunction {
	return ajv.getSchema(share(schema, document))!;
}

/** What is wrong with a value; '' when nothing is. */
export function complaint(validate: ValidateFunction, value: unknown): string {
	return validate(value) ? '' : ajv.errorsText(validate.errors);
}

function share(schema: Schema, { components }: ApiDocument): string {
	const definitions = mapValues(components?.schemas, translate);
	const translated = { ...translate(schema), definitions };
	const text = JSON.stringify(translated);
	const known = shared.get(text);
	if (known) return known;
	const id = `shared:${shared.size}`;
	shared.set(text, id);
	ajv.addSchema(translated, id);
	return id;
}

const mapValues = <T, U>(record: Record<string, T> = {}, change: (value: T) => U) =>
	Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

function translate(schema: Schema): Record<string, unknown> {
	if (isUpload(schema)) return UPLOAD;
	if (schema.$ref !== undefined) return { $ref: `#/definitions/${schema.$ref.split('/').pop()}` };
	const { nullable, ...rest } = { ...schema, description: undefined };
	const translated: Record<string, unknown> = {
		...rest,
		...bound('exclusiveMinimum', rest.exclusiveMinimum, rest.minimum),
		...bound('exclusiveMaximum', rest.exclusiveMaximum, rest.maximum),
	};
	for (const keyword of ['anyOf', 'oneOf', 'allOf'] as const) {
		if (rest[keyword]) translated[keyword] = rest[keyword].map(translateBranch);
	}
	if (rest.items) translated.items = translate(rest.items);
	if (isObject(rest.additionalProperties)) {
		translated.additionalProperties = translate(rest.additionalProperties);
	}
	if (rest.properties) translated.properties = mapValues(rest.properties, translate);
	if (nullable !== true || isBareNull(schema)) return translated;
	return { anyOf: [translated, { type: 'null' }] };
}

/** `format: binary` is OpenAPI's way to say that a part of a form is a file. */
const isUpload = ({ type, format }: Schema): boolean => type === 'string' && format === 'binary';

const UPLOAD = { type: 'object', required: ['fieldname', 'originalname', 'mimetype'] };

const translateBranch = (branch: Schema) =>
	isBareNull(branch) ? { type: 'null' } : translate(branch);

/** OpenAPI 3.0 says with `true` that the bound beside it is meant to be exclusive. */
function bound(keyword: string, exclusive: number | boolean | undefined, limit?: number) {
	if (typeof exclusive === 'number') return {};
	return { [keyword]: exclusive === true ? limit : undefined };
}
