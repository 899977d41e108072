import Ajv, { type Options } from 'ajv';
import { fastFormats } from 'ajv-formats/dist/formats';
import { pick } from '../pick';
import { tryParse } from '../json';
import { ApiError } from './errors';
import { toValidationErrors } from '../schema/validationErrors';
import { requestSchema, type OpenApiDocument, type Schema } from '../schema/openapi';

type Body = Record<string, unknown>;

const AJV_OPTIONS: Options = {
	allErrors: true,
	verbose: true,
	strict: false,
	ownProperties: true,
	logger: false,
	formats: { uri: fastFormats.uri },
	// Most schemas validate few bodies, so compiling fast is more important.
	code: { optimize: false },
	validateSchema: false,
};

const ajv = new Ajv(AJV_OPTIONS);

/**
 * Validates a body against a model's schema. The values of a form are converted to the schema's types.
 *
 * @throws ApiError 400 with the documented message, one line and one entry in `errors` per problem
 */
export function checkBody(document: OpenApiDocument, body: unknown, isForm = false): void {
	const schema = requestSchema(document);
	const validate = ajv.compile(schema);
	if (isForm) Object.assign(body as Body, typeFormValues(body as Body, schema));
	if (validate(body)) return;
	const errors = toValidationErrors(validate.errors ?? []).slice(0, 10);
	const [{ message, path }] = errors;
	// This problem has its own documented message, without the heading.
	if (isRole(path)) throw new ApiError(400, message, { errors });
	const lines = errors.map((error) => error.message);
	throw new ApiError(400, ['Body validation error', ...lines].join('\n'), { errors });
}

const isRole = (path: string) => /^messages\[\d+\]\.role$/.test(path);

/**
 * Converts the values of a form, which are all text, to the first interpretation that is valid for their
 * property. A list of one looks like its only entry.
 */
function typeFormValues(form: Body, { properties = {} }: Schema): Body {
	return Object.fromEntries(
		Object.entries(form).map(([name, value]) => {
			const schema = pick(properties as Record<string, Schema>, name);
			if (!schema) return [name, value];
			const validate = ajv.compile(schema);
			const [typed = value] = interpretationsOf(value).filter((each) => validate(each));
			return [name, typed];
		}),
	);
}

function interpretationsOf(value: unknown): unknown[] {
	const parsed = Array.isArray(value) ? value.map(parse) : parse(value);
	return [value, parsed, [value], [parsed]];
}

function parse(value: unknown): unknown {
	const parsed = typeof value === 'string' ? tryParse(value) : undefined;
	return parsed === undefined ? value : parsed;
}
