import type { ObjectSchema } from '../schema/jsonSchema';

export interface ModelForm {
	/** Body properties that have their own field, so 'Model Parameters' leaves them out. */
	excludedProperties: readonly string[];
	/** The field for the main text. */
	prompt?: PromptField;
	/** Parameters that most models of the endpoint support, used if a model's schema can't be loaded. */
	defaultSchema: ObjectSchema;
	/** Whether all models of the endpoint have the same parameters, those of `defaultSchema`. */
	isSameForAll?: boolean;
	/** Whether the operation has 'Files', the only way then to fill file-only properties. */
	hasFiles?: boolean;
}

export interface PromptField {
	/** Parameter name in the node. */
	name: string;
	/** Label in the editor. */
	label: string;
	/** Names of the body property it can fill, most common first. */
	properties: readonly string[];
}
