import type { ObjectSchema } from '../schema/jsonSchema';

export interface ModelForm {
	/** Body properties with a field of their own, which 'Model Parameters' therefore leaves out. */
	excludedProperties: readonly string[];
	/** The field for the main text. */
	prompt?: PromptField;
	/** What most models of the endpoint take, offered when a model's own schema cannot be had. */
	defaultSchema: ObjectSchema;
	/** Whether the endpoint takes the same of every model, so that `generalSchema` is all there is. */
	isSameForAll?: boolean;
	/** Whether the operation has 'Files', which then alone fill what takes nothing but files. */
	hasFiles?: boolean;
}

export interface PromptField {
	/** Its name, as a parameter of the node. */
	name: string;
	/** Its label in the editor. */
	label: string;
	/** Names that models give to the property it fills, the usual one first. */
	properties: readonly string[];
}
