/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { posix } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';
import { JOB_KINDS } from '../../../nodes/AimlApi/media/jobKinds';
import { findOperation } from '../../../nodes/AimlApi/resources/operations';
import {
	BATCH_CANCEL,
	METRICS,
	MODEL,
	MODELS,
	type Endpoint,
} from '../../../nodes/shared/models/endpoints';
import type { OutputSchema } from '../../engine/schemaOf';
import { OFFERED_OPERATIONS } from '../../support/operations';
import { readTracked } from './trackedFiles';

/** The page of one operation, made of the node's description and its output preview. */
export interface OperationPage {
	/** Without a folder, e.g. `image-generate.md`. */
	file: string;
	/** As in the list 'Operation'. */
	name: string;
	/** As in the list 'Resource'. */
	resource: string;
	description: string;
	/** Markdown. */
	text: string;
}

const { properties } = new AimlApi().description;
/** Relative to the pages. */
const README = posix.relative('docs/operations', 'README.md');
const SCHEMAS = 'nodes/AimlApi/__schema__/v1.0.0';

const optionsOf = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];

/** A page for each operation, in the order of the editor. */
export const operationPages = (): OperationPage[] =>
	OFFERED_OPERATIONS.map(({ resource, operation }) => toPage(resource, operation));

function toPage(resource: INodePropertyOptions, operation: INodePropertyOptions): OperationPage {
	const fields = fieldsOf(String(resource.value), String(operation.value));
	const options = fields.filter(({ type }) => type === 'collection');
	const listed = fields.filter(({ type }) => !['collection', 'notice', 'hidden'].includes(type));
	const notices = fields.filter(({ type }) => type === 'notice');
	const sections = [
		`# ${operation.name}`,
		`${operation.description}.`.replace(/\.\.$/, '.'),
		`Resource **${resource.name}**, operation **${operation.name}**; it calls ${callsOf(resource, operation)}.`,
		...notices.map(({ displayName }) => `> ${displayName}`),
		...section('Fields', listed.length > 0 && table(listed)),
		...section('Body', bodyOf(resource, operation)),
		...options.flatMap((option) => section(option.displayName, optionTable(option))),
		...section('Output', outputOf(String(resource.value), String(operation.value))),
		...section('Errors', errorsOf(resource, operation, listed).join('\n')),
	];
	return {
		file: `${resource.value}-${operation.value}.md`,
		name: operation.name,
		resource: resource.name,
		description: operation.description!,
		text: `${sections.join('\n\n')}\n`,
	};
}

const EITHER = new Intl.ListFormat('en', { type: 'disjunction' });
const ALL = new Intl.ListFormat('en');

/** The API's endpoints that an operation calls. Most are in its routing. */
function callsOf(resource: INodePropertyOptions, operation: INodePropertyOptions): string {
	const { method, url } = operation.routing!.request!;
	const routed = [`${method} ${String(url)}`];
	const calls = CALLS[`${resource.value}/${operation.value}`] ?? routed;
	return ALL.format(calls.map((call) => `\`${call}\``));
}

const toCall = ({ method, path }: Endpoint): string => `${method} ${path}`;

/** What a routing can't say: endpoints that depend on a field, and paths with an ID. */
const CALLS: Record<string, string[]> = {
	'batch/cancel': [`${toCall(BATCH_CANCEL)}/{id}`],
	'generation/get': Object.values(JOB_KINDS).map(
		({ statusEndpoint }) => `GET ${decodeURIComponent(statusEndpoint('{id}').path)}`,
	),
	'model/get': [`${toCall(MODEL)}/{id}`],
	'model/getAll': [MODELS, METRICS].map(toCall),
};

/** The fields that a new node of an operation shows, without those of older nodes, which are options now. */
const fieldsOf = (resource: string, operation: string): INodeProperties[] =>
	properties.filter(({ name, type, displayOptions }) => {
		const { resource: resources = [], operation: operations = [] } = displayOptions?.show ?? {};
		return (
			name !== 'operation' &&
			type !== 'hidden' &&
			!displayOptions?.show?.[name] &&
			resources.includes(resource) &&
			operations.includes(operation)
		);
	});

const section = (title: string, text: string | false): string[] =>
	text ? [`## ${title}`, text] : [];

const table = (fields: INodeProperties[], of = ['field', 'default']): string =>
	[
		`| ${of.join(' | ')} | what it is |`,
		'| --- | --- | --- |',
		...fields.map(
			(field) =>
				`| ${field.displayName}${field.required ? ' (required)' : ''} | ${defaultOf(field)} | ${cell(about(field))} |`,
		),
	].join('\n');

const optionTable = (collection: INodeProperties): string | false => {
	const options = (collection.options ?? []) as INodeProperties[];
	return options.length > 0 && table(options, ['option', 'when added']);
};

/** The description, with the choices or entries if there are any. */
function about(field: INodeProperties): string {
	const choices = field.type === 'options' ? optionsOf(field) : [];
	const listed = choices.map(({ name, description }) =>
		description ? `_${name}_ (${description})` : `_${name}_`,
	);
	const entries = field.type === 'fixedCollection' ? entriesOf(field) : [];
	const description = field.description ?? field.hint;
	return [
		description && `${description}.`.replace(/([.?!])\.$/, '$1'),
		listed.length > 0 && `One of ${listed.join(', ')}.`,
		entries.length > 0 && `Each entry has ${entries.map((name) => `_${name}_`).join(', ')}.`,
	]
		.filter(Boolean)
		.join(' ');
}

const entriesOf = (field: INodeProperties): string[] =>
	((field.options ?? []) as Array<{ values?: INodeProperties[] }>).flatMap(({ values = [] }) =>
		values.map(({ displayName }) => displayName),
	);

function defaultOf({ default: value, type, options }: INodeProperties): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (type === 'options') {
		const chosen = (options as INodePropertyOptions[] | undefined)?.find(
			(option) => option.value === value,
		);
		return chosen ? `_${chosen.name}_` : '';
	}
	return typeof value === 'object' || value === '' || value === undefined
		? ''
		: cell(`\`${String(value).replace(/\s+/g, ' ')}\``);
}

/** Markdown of a cell: no HTML, no line breaks, no bars. */
const cell = (text: string): string =>
	text
		.replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g, '[$2]($1)')
		.replace(/<\/?code>/g, '`')
		.replace(/\s*<br ?\/?>\s*|\n/g, ' ')
		.replace(/\|/g, '\\|');

/** Which fields set which parts of the body. */
function bodyOf(resource: INodePropertyOptions, operation: INodePropertyOptions): string | false {
	const form = findOperation(String(resource.value), String(operation.value))?.modelForm;
	if (!form) return false;
	const { prompt, hasFiles } = form;
	const excluded = form.excludedProperties.map((name) => `\`${name}\``);
	return [
		excluded.length > 0 && `- ${excluded.join(', ')}: from the fields above.`,
		prompt &&
			`- The text of '${prompt.label}' goes to the first of ${prompt.properties.map((name) => `\`${name}\``).join(', ')} that the model documents.`,
		hasFiles &&
			"- 'Files' go where the model documents files: as a URL, as a data URL, alone or in a list, or as an upload.",
		"- 'Model Parameters' go under their own names. Only those that you add are sent, checked against what the model documents.",
		"- 'Extra Body' is merged last and isn't checked.",
	]
		.filter(Boolean)
		.join('\n');
}

function outputOf(resource: string, operation: string): string {
	const text = readTracked(posix.join(SCHEMAS, resource, `${operation}.json`));
	const rows = rowsOf(JSON.parse(text) as OutputSchema);
	return [
		"With 'Simplify' on. What a response doesn't have is left out:",
		['| field | type |', '| --- | --- |', ...rows].join('\n'),
	].join('\n\n');
}

const rowsOf = ({ properties: own = {} }: OutputSchema, path = ''): string[] =>
	Object.entries(own).flatMap(([name, schema]) => {
		const { items, type } = schema;
		const field = `${path}${name}${items ? '[]' : ''}`;
		const inner = items?.properties ? items : schema;
		return [
			`| \`${field}\` | ${items ? describeList(items) : type} |`,
			...rowsOf(inner, `${field}.`),
		];
	});

const describeList = ({ type, properties: own }: OutputSchema): string =>
	own || type === 'array' ? 'list' : `list of ${type}s`;

/** The errors of this operation, without those that every request has. */
function errorsOf(
	resource: INodePropertyOptions,
	operation: INodePropertyOptions,
	fields: INodeProperties[],
): string[] {
	const known = findOperation(String(resource.value), String(operation.value));
	const required = fields.filter((field) => field.required).map(({ displayName }) => displayName);
	return [
		required.length > 0 &&
			`- An empty ${EITHER.format(required.map((name) => `'${name}'`))} is an error before anything is sent.`,
		known?.modelForm &&
			'- A parameter that the model does not allow, or a missing one that it requires, is an error before anything is paid for.',
		known?.modelForm?.hasFiles &&
			"- A file that the item doesn't have, or that the model has no parameter for, is an error before anything is paid for.",
		known?.modelForm &&
			'- A model of another kind is refused; the error names the operation that it works with.',
		known?.startsPaidJob &&
			'- A request that was accepted is never sent again, as it would be paid for twice.',
		`- All other errors are in [Errors](${README}#errors).`,
	].filter((line): line is string => Boolean(line));
}
