import type { Fallback } from '../../shared/transport/fallback';
import type { SubNodeRequest } from '../../shared/transport/subNodeClient';
import { addCost, type Cost, type Usage } from '../../shared/transport/usage';
import type { ChatBody } from './chatBody';
import type { Answer } from './parseAnswer';

/** Metadata of an answer for n8n's run log. */
export interface ResponseMetadata {
	/** The model that answered. */
	model: string;
	/** As named by the API; the property name is the one of n8n's log. */
	finish_reason: string;
	usage?: Usage;
	/** With what was paid for nothing before it. */
	cost?: Cost;
	reasoning?: string;
	/** Set if a fallback model answered. */
	fallback?: Fallback & { droppedParameters: string[] };
}

export function toResponseMetadata(
	{ model, finishReason, usage, cost, reasoning }: Answer,
	{ fallback, lostCost }: SubNodeRequest,
	{ droppedParameters }: ChatBody,
): ResponseMetadata {
	const paid = addCost(cost, lostCost);
	return {
		model,
		finish_reason: finishReason,
		...(usage && { usage }),
		...(paid && { cost: paid }),
		...(reasoning?.text && { reasoning: reasoning.text }),
		...(fallback && { fallback: { ...fallback, droppedParameters } }),
	};
}
