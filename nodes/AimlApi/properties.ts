import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';
import type { Operation } from './run/operation';
import { withRunPolicy } from './run/runPolicy';

/**
 * Fields that several operations declare alike become one that is shown for all of them; each
 * operation keeps the order of its fields. Before n8n sends anything it evaluates, for every item, the
 * value under a field's name once for every field of that name, shown or not, while its event loop
 * is blocked: with a 'Model' for each of eleven operations an expression there would cost tenfold.
 */
export function shareFields(properties: INodeProperties[]): INodeProperties[] {
	const operations = properties.filter((field) => !operationOf(field)).flatMap(operationsIn);
	const shared: INodeProperties[] = [];
	let present: string | undefined;
	let after = -1;
	for (const field of properties.filter(operationOf)) {
		if (operationOf(field) !== present) after = -1;
		present = operationOf(field);
		const twin = shared.findIndex(
			(other, index) => index > after && isAlike(other, field) && canJoin(other, field, operations),
		);
		if (twin >= 0) shared[twin] = join(shared[twin], field);
		else shared.splice(after + 1, 0, field);
		after = twin >= 0 ? twin : after + 1;
	}
	return [...properties.filter((field) => !operationOf(field)), ...shared];
}

type Show = Record<string, string[]>;
const showOf = ({ displayOptions }: INodeProperties): Show => (displayOptions?.show ?? {}) as Show;

/** The resource and the operation that a field is shown for; `undefined` for one that tells them. */
function operationOf(field: INodeProperties): string | undefined {
	const { resource, operation } = showOf(field);
	return resource && operation && `${resource.join()}/${operation.join()}`;
}

/** The resource and operation pairs that a field 'Operation' offers. */
const operationsIn = (field: INodeProperties): string[] =>
	(showOf(field).resource ?? []).flatMap((resource) =>
		(field.options ?? []).map((option) => `${resource}/${'value' in option && option.value}`),
	);

const pairsOf = ({ resource, operation }: Show): string[] =>
	resource.flatMap((one) => operation.map((other) => `${one}/${other}`));

function isAlike(one: INodeProperties, other: INodeProperties): boolean {
	return one.name === other.name && declarationOf(one) === declarationOf(other);
}

/** All of a field but where it is shown. */
const declarationOf = (field: INodeProperties): string =>
	JSON.stringify(withShow(field, { ...showOf(field), resource: [], operation: [] }));

const withShow = (field: INodeProperties, show: Show): INodeProperties => ({
	...field,
	displayOptions: { ...field.displayOptions, show },
});

function join(one: INodeProperties, other: INodeProperties): INodeProperties {
	const [first, second] = [showOf(one), showOf(other)];
	const both = (name: string) => [...new Set([...first[name], ...second[name]])];
	return withShow(one, { ...first, resource: both('resource'), operation: both('operation') });
}

/** Whether the joined field is shown for no operation that declares none like it. */
function canJoin(one: INodeProperties, other: INodeProperties, operations: string[]): boolean {
	const wanted = new Set([one, other].flatMap((field) => pairsOf(showOf(field))));
	const shown = pairsOf(showOf(join(one, other))).filter((pair) => operations.includes(pair));
	return shown.every((pair) => wanted.has(pair));
}

/**
 * How n8n routes an operation: to its endpoint, with the run policy around the request of each item.
 *
 * @param fields the operation's, by which its options are checked
 */
export const toRouting = (
	operation: Operation,
	fields: INodeProperties[],
): INodePropertyRouting => ({
	request: { method: operation.endpoint.method, url: operation.endpoint.path },
	send: { paginate: true },
	operations: { pagination: withRunPolicy(operation, fields) },
});
