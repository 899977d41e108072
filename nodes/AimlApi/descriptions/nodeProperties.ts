import type { INodeProperties } from 'n8n-workflow';

/** A resource of the node: its field 'Operation' and the fields of each operation, in order. */
export interface ResourceDescription {
	resource: string;
	operationField: INodeProperties;
	fields: Record<string, INodeProperties[]>;
}

/** A field and the operations that it is shown for. */
interface SharedField {
	field: INodeProperties;
	resources: string[];
	operations: string[];
}

/**
 * The 'Operation' fields of all resources, then the fields of their operations. A constant that several
 * operations list becomes one field shown for all of them, since n8n evaluates a value for every item
 * once per field of its name, shown or not.
 */
export function nodeProperties(descriptions: ResourceDescription[]): INodeProperties[] {
	const shared: SharedField[] = [];
	for (const { resource, fields } of descriptions) {
		for (const [operation, listed] of Object.entries(fields)) {
			let last = -1;
			for (const field of listed) {
				const added = { field, resources: [resource], operations: [operation] };
				const twin = shared.findIndex(
					(other, index) => index > last && canJoin(other, added, descriptions),
				);
				if (twin < 0) shared.splice(last + 1, 0, added);
				else shared[twin] = join(shared[twin], added);
				last = twin < 0 ? last + 1 : twin;
			}
		}
	}
	return [...descriptions.map(toOperationField), ...shared.map(toShownField)];
}

const join = (one: SharedField, other: SharedField): SharedField => ({
	field: one.field,
	resources: [...new Set([...one.resources, ...other.resources])],
	operations: [...new Set([...one.operations, ...other.operations])],
});

/** The operations that n8n shows a field for: every combination of its resources and operations. */
const shownFor = (
	{ resources, operations }: SharedField,
	descriptions: ResourceDescription[],
): string[] =>
	descriptions
		.filter(({ resource }) => resources.includes(resource))
		.flatMap(({ resource, fields }) =>
			operations.filter((name) => name in fields).map((name) => `${resource}/${name}`),
		);

/** Whether a joint field would be shown for the operations of both and for no others. */
function canJoin(
	one: SharedField,
	other: SharedField,
	descriptions: ResourceDescription[],
): boolean {
	if (one.field !== other.field) return false;
	const wanted = [one, other].flatMap((each) => shownFor(each, descriptions));
	return shownFor(join(one, other), descriptions).every((shown) => wanted.includes(shown));
}

const toOperationField = ({ resource, operationField }: ResourceDescription): INodeProperties => ({
	...operationField,
	displayOptions: { show: { resource: [resource] } },
});

const toShownField = ({ field, resources, operations }: SharedField): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		// First, since n8n shows a field at the first condition whose value is an expression.
		show: { resource: resources, operation: operations, ...field.displayOptions?.show },
	},
});
