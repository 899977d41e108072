import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../AimlApi/run/operation';

/** What an item says of a model that stood in for the chosen one; nothing where that one answered. */
export const factsOfFallback = (
	{ fallback }: Pick<Call, 'fallback'>,
	droppedParameters: string[],
): IDataObject => (fallback ? { fallback: { ...fallback, droppedParameters } } : {});
