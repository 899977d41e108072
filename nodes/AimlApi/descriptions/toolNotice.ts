import * as workflow from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

/**
 * What the tool says of itself in an n8n that does not run it. Up to n8n 1.105 at the least, a declarative
 * node as a tool sends nothing, and its agent gets an empty answer without an error; n8n 1.109 runs it.
 * The version of n8n can't be read here, so it goes by a function that n8n-workflow has since n8n 1.108.
 */
export const toolNotice: INodeProperties[] =
	'assertParamIsOfAnyTypes' in workflow
		? []
		: [
				{
					displayName:
						'This n8n does not run this node as a tool: the agent gets an empty answer. Update n8n to 1.109 or later.',
					name: 'toolNotice',
					type: 'notice',
					default: '',
					displayOptions: { show: { '@tool': [true] } },
				},
			];
