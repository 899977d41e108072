import type { ErrorObject } from 'ajv';

/** One problem of a body. */
interface ValidationError {
	/** e.g. `messages[0].content`. */
	path: string;
	message: string;
}

/**
 * Converts Ajv's errors to the API's: one per problem. For a union without a match, only the closest
 * alternative is reported. Needs Ajv's `allErrors` and `verbose`.
 */
export function toValidationErrors(errors: ErrorObject[]): ValidationError[] {
	const unions = errors.filter(({ keyword }) => keyword === 'anyOf');
	const outermost = unions.filter((union) => !unions.some((other) => isWithin(union, other)));
	const plain = errors.filter(
		(error) => !outermost.some((union) => error === union || isWithin(error, union)),
	);
	return [
		...plain.map(describe),
		...outermost.flatMap((union) =>
			explainUnion(
				union,
				errors.filter((error) => isWithin(error, union)),
			),
		),
	];
}

function isWithin(error: ErrorObject, union: ErrorObject): boolean {
	return (
		error.schemaPath.startsWith(`${union.schemaPath}/`) &&
		`${error.instancePath}/`.startsWith(`${union.instancePath}/`)
	);
}

function explainUnion(union: ErrorObject, errors: ErrorObject[]): ValidationError[] {
	// A nested union at the same place adds nothing to the expected types.
	const isWrongType = ({ keyword, instancePath }: ErrorObject) =>
		['type', 'anyOf'].includes(keyword) && instancePath === union.instancePath;
	if (errors.every(isWrongType)) return [describeType(union, errors.flatMap(typesExpectedBy))];
	const branches = branchesOf(union, errors).filter((branch) => !branch.every(isWrongType));
	const sameKind = branches.filter((branch) => !branch.some(isOtherKind(union)));
	const [closest] = (sameKind.length > 0 ? sameKind : branches).sort((a, b) => a.length - b.length);
	return toValidationErrors(closest);
}

function branchesOf(union: ErrorObject, errors: ErrorObject[]): ErrorObject[][] {
	const branches: Record<string, ErrorObject[]> = {};
	for (const error of errors) {
		const [branch] = error.schemaPath.slice(union.schemaPath.length + 1).split('/');
		(branches[branch] ??= []).push(error);
	}
	return Object.values(branches);
}

/** Whether an alternative is for another `role` or `type`. */
const isOtherKind =
	(union: ErrorObject) =>
	({ keyword, instancePath }: ErrorObject) =>
		keyword === 'enum' && /^\/(role|type)$/.test(instancePath.slice(union.instancePath.length));

const typesExpectedBy = ({ keyword, params }: ErrorObject): string[] =>
	keyword === 'type' ? [params.type].flat().filter((type) => type !== 'null') : [];

function describeType(error: ErrorObject, types: string[]): ValidationError {
	const path = pathOf(error);
	const expected = [...new Set(types)].join(' | ');
	return { path, message: `Expected ${expected} at ${path}, received ${typeOf(error.data)}` };
}

function describe(error: ErrorObject): ValidationError {
	if (error.keyword === 'type') return describeType(error, typesExpectedBy(error));
	const path = pathOf(error);
	if (error.keyword === 'enum' && /^messages\[\d+\]\.role$/.test(path)) {
		return {
			path,
			message: `Unsupported value: '${path}' does not support '${error.data}' with this model.`,
		};
	}
	return { path, message: sentence(error, path) };
}

function sentence({ keyword, params, data, message }: ErrorObject, path: string): string {
	switch (keyword) {
		case 'required':
			return `Required at ${path}`;
		case 'additionalProperties':
			return `Unrecognized key at ${path}`;
		case 'enum':
			return `Expected ${params.allowedValues.map(quote).join(' | ')} at ${path}, received ${quote(data)}`;
		case 'minimum':
		case 'maximum':
		case 'exclusiveMinimum':
		case 'exclusiveMaximum':
			return `Expected number ${params.comparison} ${params.limit} at ${path}, received ${data}`;
		case 'minLength':
		case 'minItems':
			return `Expected at least ${params.limit} at ${path}, received ${lengthOf(data)}`;
		case 'maxLength':
		case 'maxItems':
			return `Expected at most ${params.limit} at ${path}, received ${lengthOf(data)}`;
		default:
			return `Invalid value at ${path}: ${message}`;
	}
}

/** `/messages/0` and a missing or unknown property `name` → `messages[0].name`. */
function pathOf({ instancePath, params }: ErrorObject): string {
	const property = params.missingProperty ?? params.additionalProperty;
	const steps = instancePath.split('/').slice(1);
	return [...steps, ...(property === undefined ? [] : [property])].reduce((path, step) => {
		if (/^\d+$/.test(step)) return `${path}[${step}]`;
		return path === '' ? step : `${path}.${step}`;
	}, '');
}

const quote = (value: unknown) =>
	typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
const lengthOf = (value: unknown) => (value as string | unknown[]).length;

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
