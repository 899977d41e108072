import type {
	IBinaryKeyData,
	IDataObject,
	INodeParameters,
	ResourceMapperField,
} from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { asTyped } from '../engine/editor';
import { runNode } from '../engine/runNode';
import { isLeftEmpty, nodeParameters, ownFields } from './bodies';
import type { Contract } from './contracts';
import { omit, pick } from './pick';
import type { SampleFile } from './sampleFiles';
import { bodySchema } from './schema';
import type { DocumentedModel } from './collections';
import { valueValidator } from './validator';

type Json = Record<string, unknown>;

/** What is entered into the node, by body property, as the body must have it. */
export interface FilledForm {
	/** Into the operation's own fields. */
	entries?: Json;
	/** Into 'Model Parameters', or into 'Extra Body' if no field sends it; see `isSentByField`. */
	values?: Json;
	/** Into 'Extra Body'. */
	extra?: Json;
	/** Into 'Files'. */
	files?: FilledFile[];
	/** Whether the output files are downloaded; true by default. */
	download?: boolean;
}

/** An entry of 'Files'. */
export interface FilledFile {
	file: SampleFile;
	/** Instead of the item's binary data. */
	url?: string;
	/** '' lets the node decide. */
	parameter: string;
}

/**
 * Runs the node for one item, with parameters as the editor saves them.
 *
 * @param fields the fields of 'Model Parameters' for the model
 * @param others further fields of the node
 */
export async function runRequest(
	sandbox: Sandbox,
	contract: Contract,
	model: DocumentedModel,
	fields: ResourceMapperField[],
	{ entries = {}, values = {}, extra = {}, files = [], download = true }: FilledForm,
	others: INodeParameters = {},
) {
	sandbox.requestLog.clear();
	const byField = Object.keys(values).filter((name) =>
		isSentByField(name, values[name], fields, model),
	);
	const extraBody = { ...omit(values, byField), ...extra };
	const ownEntries = ownFields(contract, model);
	const own = Object.keys(entries).map((name) =>
		ownEntries[name](`={{ $json[${JSON.stringify(name)}] }}`),
	);
	const { items, error } = await runNode({
		credential: { apiKey: sandbox.apiKey, url: sandbox.url },
		items: [{ json: entries as IDataObject, binary: binaryOf(files) }],
		parameters: {
			...nodeParameters(contract, model.id),
			...Object.assign({}, ...own),
			modelParameters: mapped(fields, pick(values, byField), model),
			...(Object.keys(extraBody).length && { extraBody: JSON.stringify(extraBody) }),
			files: { values: files.map(asEntry) },
			options: { pollInterval: 0.05, download },
			...others,
		},
	});
	const calls = sandbox.requestLog.calls.filter(({ method }) => method === 'POST');
	return { items, error, calls: [...calls] };
}

/** Whether a parameter has a field, and the field doesn't leave the value out. */
const isSentByField = (
	name: string,
	value: unknown,
	fields: ResourceMapperField[],
	model: DocumentedModel,
): boolean => fields.some(({ id }) => id === name) && !isLeftEmpty(name, value, model);

/**
 * The resource mapper after values were typed into its fields. If a property also accepts text, only an
 * expression can enter a number or boolean.
 */
function mapped(
	fields: ResourceMapperField[],
	values: Json,
	{ document }: DocumentedModel,
): INodeParameters {
	const { properties = {} } = bodySchema(document);
	const entered = fields
		.filter(({ id }) => Object.hasOwn(values, id))
		.map((field) => {
			const value = values[field.id];
			const isText = typeof value !== 'object' && !Array.isArray(value);
			const takesText = isText && valueValidator(properties[field.id], document)(String(value));
			return [field.id, takesText ? value : asTyped(field, value)];
		});
	return {
		mappingMode: 'defineBelow',
		value: Object.fromEntries(entered),
		schema: fields,
	} as unknown as INodeParameters;
}

const nameOf = (index: number): string => `file_${index}`;

const binaryOf = (files: FilledFile[]): IBinaryKeyData =>
	Object.fromEntries(
		files.map(({ file: { fileName, mimeType, bytes } }, index) => [
			nameOf(index),
			{ fileName, mimeType, data: bytes.toString('base64') },
		]),
	);

const asEntry = ({ url, parameter }: FilledFile, index: number): INodeParameters =>
	url === undefined
		? { source: 'binary', binaryPropertyName: nameOf(index), parameter }
		: { source: 'url', url, parameter };
