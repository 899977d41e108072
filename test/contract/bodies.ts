import type { INodeParameters } from 'n8n-workflow';
import type { Contract } from './contracts';
import { filePlaces } from './filePlaces';
import { examplesOf } from './examples';
import { pick } from './pick';
import { bodySchema, forms, type ApiDocument, type Schema } from './schema';
import type { DocumentedModel } from './collections';

/** The fields of the operation with a model chosen from the list. */
export const nodeParameters = (
	{ resource, operation }: Contract,
	model: string,
): INodeParameters => ({
	resource,
	operation,
	model: { __rl: true, mode: 'list', value: model },
});

/**
 * The model's body properties that have their own fields in the operation, and how an expression is
 * entered into each.
 */
export function ownFields({ fields, mainText }: Contract, { text, document }: Body): Fields {
	const { properties = {} } = bodySchema(document);
	const known = Object.entries(fields).filter(([name]) => Object.hasOwn(properties, name));
	return {
		...Object.fromEntries(known),
		...(text !== undefined && mainText !== undefined && { [text]: fields[mainText] }),
	};
}

type Fields = Contract['fields'];
type Body = Pick<DocumentedModel, 'document' | 'text'>;

/** The body properties that 'Model Parameters' doesn't need to offer. */
export const ownProperties = (contract: Contract, body: Body): string[] => [
	'model',
	...Object.keys(ownFields(contract, body)),
	...(contract.byExtraBody ?? []),
];

/** All other body properties except uploads: those that 'Model Parameters' is for. */
export function parameterSchemas(
	contract: Contract,
	model: DocumentedModel,
): Record<string, Schema> {
	const uploads = filePlaces(model).filter(({ holds }) => holds === 'upload');
	const own = [...ownProperties(contract, model), ...uploads.map(({ path }) => path.join('.'))];
	const properties = Object.entries(bodySchema(model.document).properties ?? {});
	return Object.fromEntries(properties.filter(([name]) => !own.includes(name)));
}

/** Whether and how the response is streamed, which the node decides. */
export const STREAMING = ['stream', 'stream_options'];

/** The `parameterSchemas` that the editor offers: no streaming, and nothing that only 'Files' fills. */
export function offeredSchemas(contract: Contract, model: DocumentedModel): Record<string, Schema> {
	const { required = [] } = bodySchema(model.document);
	const places = contract.hasNoFiles ? [] : filePlaces(model).map(({ path }) => path.join('.'));
	const formsOf = (schema: Schema) =>
		forms(schema, model.document).filter(({ type }) => type !== 'null');
	const isText = ({ type, items }: Schema): boolean =>
		type === 'string' || (type === 'array' && Object(items).properties === undefined);
	const isOfFiles = (name: string, { properties = {} }: Schema): boolean =>
		Object.keys(properties).some((part) => places.includes(`${name}.${part}`)) &&
		Object.keys(properties).every((part) => part === 'type' || places.includes(`${name}.${part}`));
	const isFile = ([name, schema]: [string, Schema]): boolean =>
		formsOf(schema).every(
			(form) => (places.includes(name) && isText(form)) || isOfFiles(name, form),
		);
	return Object.fromEntries(
		Object.entries(parameterSchemas(contract, model)).filter(
			(entry) => !isFile(entry) && !(STREAMING.includes(entry[0]) && !required.includes(entry[0])),
		),
	);
}

/** Values to enter for the `parameterSchemas`; never null, since a blank field isn't sent. */
export function parameterExamples(
	contract: Contract,
	model: DocumentedModel,
): Record<string, unknown[]> {
	const examples: Record<string, unknown[]> = enterable(
		parameterSchemas(contract, model),
		model.document,
	);
	for (const [name, { adapt }] of Object.entries(contract.sensible ?? {})) {
		if (examples[name]) examples[name] = examples[name].map(adapt);
	}
	return examples;
}

/** One value for each parameter that the model requires. */
export const requiredParameters = (
	contract: Contract,
	model: DocumentedModel,
): Record<string, unknown> =>
	pick(rowOf(parameterExamples(contract, model), 0), bodySchema(model.document).required ?? []);

/** Values to enter into the operation's own fields, by body property. */
export function entryExamples(
	contract: Contract,
	model: DocumentedModel,
): Record<string, unknown[]> {
	const { properties = {} } = bodySchema(model.document);
	const own = Object.keys(ownFields(contract, model)).map((name) => [name, properties[name]]);
	return (
		contract.entries?.(model.id, model.document) ??
		enterable(Object.fromEntries(own), model.document)
	);
}

const enterable = (schemas: Record<string, Schema>, document: ApiDocument) =>
	Object.fromEntries(
		Object.entries(schemas).map(([name, schema]) => [
			name,
			examplesOf(schema, document).filter((value) => value !== null),
		]),
	);

/**
 * Whether a value is an empty optional list or object, as an untouched field has it. The node doesn't send
 * it, unless the documented default isn't empty.
 */
export function isLeftEmpty(name: string, value: unknown, { document }: Body): boolean {
	const { properties = {}, required = [] } = bodySchema(document);
	const isEmpty = (each: unknown) =>
		typeof each === 'object' && each !== null && Object.keys(each).length === 0;
	return isEmpty(value) && !required.includes(name) && isEmpty(properties[name]?.default ?? {});
}

/** One value per property; properties with fewer examples start over. */
export function rowOf(examples: Record<string, unknown[]>, row: number): Record<string, unknown> {
	const columns = Object.entries(examples).filter(([, values]) => values.length);
	return Object.fromEntries(columns.map(([name, values]) => [name, values[row % values.length]]));
}
