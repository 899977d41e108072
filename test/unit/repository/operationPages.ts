/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';
import { findOperation } from '../../../nodes/AimlApi/resources/operations';
import type { OutputSchema } from '../../engine/schemaOf';
import { REPOSITORY } from './trackedFiles';

/** What is said of one operation, made of the node's description and its output preview. */
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
/** As the pages link to it. */
const README = posix.relative('docs/operations', 'README.md');
const SCHEMAS = join(REPOSITORY, 'nodes/AimlApi/__schema__/v1.0.0');

const optionsOf = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];

/** A page for each operation, in the order of the editor. */
export const operationPages = (): OperationPage[] =>
	optionsOf(properties.find(({ name }) => name === 'resource')!).flatMap((resource) =>
		properties
			.filter(({ name, displayOptions }) => {
				const shown = displayOptions?.show?.resource ?? [];
				return name === 'operation' && shown.includes(resource.value as string);
			})
			.flatMap(optionsOf)
			.map((operation) => toPage(resource, operation)),
	);

function toPage(resource: INodePropertyOptions, operation: INodePropertyOptions): OperationPage {
	const fields = fieldsOf(String(resource.value), String(operation.value));
	const options = fields.filter(({ type }) => type === 'collection');
	const listed = fields.filter(({ type }) => !['collection', 'notice', 'hidden'].includes(type));
	const notices = fields.filter(({ type }) => type === 'notice');
	const { method, url } = operation.routing!.request!;
	const sections = [
		`# ${operation.name}`,
		`${operation.description}.`.replace(/\.\.$/, '.'),
		`Resource **${resource.name}**, operation **${operation.name}**; it calls \`${method} ${String(url)}\`.`,
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

/** The description, and the choices where there are any. */
function about(field: INodeProperties): string {
	const choices = field.type === 'options' ? optionsOf(field) : [];
	const listed = choices.map(({ name, description }) =>
		description ? `_${name}_ (${description})` : `_${name}_`,
	);
	const entries = field.type === 'fixedCollection' ? entriesOf(field) : [];
	return [
		field.description && `${field.description}.`.replace(/([.?!])\.$/, '$1'),
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

/** Which field fills which part of the body. */
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
	const text = readFileSync(join(SCHEMAS, resource, `${operation}.json`), 'utf8');
	const rows = rowsOf(JSON.parse(text) as OutputSchema);
	return [
		"With 'Simplify' on, as the API's test server answers; what a model leaves out is missing:",
		['| field | type |', '| --- | --- |', ...rows].join('\n'),
	].join('\n\n');
}

interface Shape {
	type?: string | string[];
	properties?: Record<string, Shape>;
	items?: Shape;
}

const rowsOf = ({ properties: own = {} }: Shape, path = ''): string[] =>
	Object.entries(own).flatMap(([name, shape]) => {
		const inner = shape.items?.properties ? shape.items : shape;
		const list = shape.items ? '[]' : '';
		const type = [shape.items && !shape.items.properties ? shape.items.type : shape.type].flat();
		return [
			`| \`${path}${name}${list}\` | ${shape.items ? `list${type[0] === 'array' ? '' : ` of ${type.join(' or ')}`}` : type.join(' or ')} |`,
			...rowsOf(inner, `${path}${name}${list}.`),
		];
	});

/** What can go wrong with this operation, beside what every request has in common. */
function errorsOf(
	resource: INodePropertyOptions,
	operation: INodePropertyOptions,
	fields: INodeProperties[],
): string[] {
	const known = findOperation(String(resource.value), String(operation.value));
	const required = fields.filter((field) => field.required).map(({ displayName }) => displayName);
	return [
		required.length > 0 &&
			`- An empty ${required.map((name) => `'${name}'`).join(' or ')} is an error before anything is sent.`,
		known?.modelForm &&
			'- A parameter that the model does not allow, or a missing one that it requires, is an error before anything is paid for.',
		known?.modelForm?.hasFiles &&
			"- A file that the item doesn't have, or that the model has no parameter for, is an error before anything is paid for.",
		known?.modelForm &&
			'- A model of another kind is refused; the error names the operation that it works with.',
		known?.startsPaidJob &&
			'- A request that was accepted is never sent again, as it would be paid for twice.',
		`- Everything else is in [Errors](${README}#errors).`,
	].filter((line): line is string => Boolean(line));
}
