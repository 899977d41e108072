import type { ObjectSchema } from '../schema/jsonSchema';

/** The model that a request is made for. */
export interface TargetModel {
	id: string;
	/** What it documents for the endpoint; without a schema, nothing is checked against the model. */
	schema?: ObjectSchema;
	/** Whether it is a fallback for the model that the parameters were chosen for. */
	isFallback: boolean;
}

/** The target of an item's or a sub-node's request. */
export const toTargetModel = (
	{ model, fallback }: { model: string; fallback?: object },
	schema: ObjectSchema | undefined,
): TargetModel => ({ id: model, schema, isFallback: fallback !== undefined });
