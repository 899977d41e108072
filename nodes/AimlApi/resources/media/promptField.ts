import type { MainTextField } from '../../run/operation';

/** The field 'Prompt' of operations that make images, videos or music. */
export const promptField: MainTextField = {
	name: 'prompt',
	label: 'Prompt',
	properties: ['prompt', 'text_prompt', 'text'],
};
