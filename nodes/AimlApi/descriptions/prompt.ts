import type { INodeProperties } from 'n8n-workflow';
import type { PromptField } from '../../shared/parameters/modelForm';

/** The prompt of the operations that generate images, videos or music. */
export const promptField: INodeProperties = {
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
};

/** The body properties that 'Prompt' can fill. */
export const promptTarget: PromptField = {
	name: 'prompt',
	label: 'Prompt',
	properties: ['prompt', 'text_prompt', 'text'],
};
