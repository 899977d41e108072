import type { INodeProperties, NodeParameterValue } from 'n8n-workflow';

/** The field that an option used to be, for older workflows; shown only if it is set. */
export function toOlderField(option: INodeProperties): INodeProperties {
	const { name, default: unset, displayOptions } = option;
	return {
		...option,
		displayOptions: {
			show: { ...displayOptions?.show, [name]: [{ _cnd: { exists: true } }] },
			// n8n compares objects, too, but declares plain values only.
			hide: { [name]: [{ _cnd: { eq: unset as NodeParameterValue } }] },
		},
	};
}
