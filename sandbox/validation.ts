import Ajv from 'ajv';
import type { ValidateFunction } from 'ajv';
import { fastFormats } from 'ajv-formats/dist/formats';

import { ApiError } from './errors';
import { explain } from './issues';
import { requestSchema } from './openapi';
import type { OpenApiDocument } from './openapi';

const ajv = new Ajv({
	allErrors: true,
	verbose: true,
	strict: false,
	logger: false,
	formats: { uri: fastFormats.uri },
	// Most schemas see few bodies: what counts is the time to compile one.
	code: { optimize: false },
	validateSchema: false,
});

const validators = new WeakMap<OpenApiDocument, ValidateFunction>();

function validatorOf(document: OpenApiDocument): ValidateFunction {
	const validator = validators.get(document) ?? ajv.compile(requestSchema(document));
	validators.set(document, validator);
	return validator;
}

/**
 * Checks a body against a model's own schema.
 * Throws a 400 `ApiError` in the documented words, with one line and one entry in `errors` for
 * each fault in the body.
 */
export function checkBody(document: OpenApiDocument, body: unknown): void {
	const validate = validatorOf(document);
	if (validate(body)) return;
	const errors = explain(validate.errors ?? []).slice(0, 10);
	const [{ message, path }] = errors;
	// This one fault has a documented sentence of its own, without the heading.
	if (isRole(path)) throw new ApiError(400, message, { errors });
	const lines = errors.map((error) => error.message);
	throw new ApiError(400, ['Body validation error', ...lines].join('\n'), { errors });
}

const isRole = (path: string) => /^messages\[\d+\]\.role$/.test(path);
