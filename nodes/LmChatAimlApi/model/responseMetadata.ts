import type { Fallback } from '../../shared/transport/fallback';
import type { SubNodeRequest } from '../../shared/transport/subNodeClient';
import { addCost, type Cost, type Usage } from '../../shared/transport/usage';
import type { ChatBody } from './chatBody';
import type { Answer } from './parseAnswer';
import type { MessageOfLangChain } from './standardContent';

/** Metadata of an answer for n8n's run log. */
export interface ResponseMetadata {
	/** The model that answered. */
	model: string;
	/** As named by the API; the property name is the one of n8n's log. */
	finish_reason: string;
	usage?: Usage;
	/** Includes earlier calls that were charged but brought no usable answer. */
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

/** What a model reports about an answer besides its message. */
export interface AnswerMetadata {
	metadata: ResponseMetadata;
	/** For the message's `additional_kwargs`. */
	additionalKwargs: Record<string, unknown>;
}

/** Collects the metadata of one call; `take` returns it once. */
export function collectMetadata() {
	let collected: AnswerMetadata | undefined;
	return {
		onMetadata: (metadata: AnswerMetadata): void => void (collected = metadata),
		take: (): AnswerMetadata | undefined => {
			const taken = collected;
			collected = undefined;
			return taken;
		},
	};
}

/** An answer, or a chunk of one, as LangChain's callbacks receive it. */
export interface GenerationOfLangChain {
	message: MessageOfLangChain;
	/** Shown in n8n's run log. */
	generationInfo?: Record<string, unknown>;
}

/** Adds metadata where n8n and LangChain look for it; none is added if there is none. */
export function addMetadata(
	generation: GenerationOfLangChain,
	answer: AnswerMetadata | undefined,
): void {
	if (!answer) return;
	const { message } = generation;
	const { metadata, additionalKwargs } = answer;
	generation.generationInfo = { ...generation.generationInfo, ...metadata };
	message.response_metadata = { ...message.response_metadata, ...metadata };
	message.additional_kwargs = { ...message.additional_kwargs, ...additionalKwargs };
}
