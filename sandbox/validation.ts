import Ajv from 'ajv';
import type { Options, ValidateFunction } from 'ajv';
import { fastFormats } from 'ajv-formats/dist/formats';

import { ApiError } from './errors';
import { explain } from './issues';
import { requestSchema } from './openapi';
import type { OpenApiDocument } from './openapi';

const options: Options = {
	allErrors: true,
	verbose: true,
	strict: false,
	logger: false,
	formats: { uri: fastFormats.uri },
	// Most schemas see few bodies: what counts is the time to compile one.
	code: { optimize: false },
	validateSchema: false,
};

type Validators = (document: OpenApiDocument) => ValidateFunction;

function compileWith(ajv: Ajv): Validators {
	const validators = new WeakMap<OpenApiDocument, ValidateFunction>();
	return (document) => {
		const validator = validators.get(document) ?? ajv.compile(requestSchema(document));
		validators.set(document, validator);
		return validator;
	};
}

const validatorFor = compileWith(new Ajv(options));

/** In a form all values are text: those of numbers and booleans are turned into them. */
const formValidatorFor = compileWith(new Ajv({ ...options, coerceTypes: true }));

/**
 * Checks a body against a model's own schema.
 * Throws a 400 `ApiError` in the documented words, with one line and one entry in `errors` for
 * each fault in the body. The values of a form are turned into what the schema wants.
 */
export function checkBody(document: OpenApiDocument, body: unknown, isForm = false): void {
	const validate = (isForm ? formValidatorFor : validatorFor)(document);
	if (validate(body)) return;
	const errors = explain(validate.errors ?? []).slice(0, 10);
	const [{ message, path }] = errors;
	// This one fault has a documented sentence of its own, without the heading.
	if (isRole(path)) throw new ApiError(400, message, { errors });
	const lines = errors.map((error) => error.message);
	throw new ApiError(400, ['Body validation error', ...lines].join('\n'), { errors });
}

const isRole = (path: string) => /^messages\[\d+\]\.role$/.test(path);
