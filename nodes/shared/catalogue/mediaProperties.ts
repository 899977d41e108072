import { alternatives, type JsonSchema, type ObjectSchema } from '../schema/jsonSchema';

const NAMES =
	/(^|_)(image|video|audio|photo|mask|mesh|frame|file|document|media|url|uri)(_?(url|uri|list|image|video|data))?s?$/i;
const NO_FILES = /callback|webhook/i;

/**
 * The properties of a request body that take a file: text without a list of values, by its format
 * an address or by its name a medium, or a list of such texts.
 */
export function mediaProperties(schema: ObjectSchema): string[] {
	return Object.keys(schema.properties).filter(
		(name) => !NO_FILES.test(name) && takesFile(name, schema.properties[name]),
	);
}

function takesFile(name: string, schema: JsonSchema): boolean {
	return alternatives(schema).some((branch) =>
		branch.type === 'array' && branch.items
			? takesFile(name, branch.items)
			: branch.type === 'string' && !branch.enum && (branch.format === 'uri' || NAMES.test(name)),
	);
}

/** Whether the property takes several files. */
export function takesSeveralFiles(schema: JsonSchema): boolean {
	return alternatives(schema).some(({ type }) => type === 'array');
}
