import {
	NodeError,
	NodeOperationError,
	type IDataObject,
	type ISupplyDataFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from '../../shared/connectionTypes';
import { estimateTokens, toTokens } from '../model/tokens';
import { transcriptOf, type Handler } from './callbacks';

/**
 * Adds the calls of a chat model to n8n's run log, in the form of n8n's own handler (`N8nLlmTracing`),
 * which the editor and evaluations read.
 */
export function runLog(context: ISupplyDataFunctions): Handler & { awaitHandlers: true } {
	const { AiLanguageModel } = NodeConnectionTypes;
	const runs = new Map<string, number>();

	/** The index of the log entry for a call, which is completed once. */
	const takeIndex = (runId: string): number => {
		const index = runs.get(runId) ?? 0;
		runs.delete(runId);
		return index;
	};

	return {
		name: 'AimlApiRunLog',
		awaitHandlers: true,

		handleChatModelStart(model, [messages], runId) {
			const transcript = transcriptOf(messages);
			const options = (model as { kwargs: IDataObject }).kwargs;
			const estimatedTokens = estimateTokens(transcript);
			const json = { messages: [transcript], estimatedTokens, options };
			runs.set(runId, context.addInputData(AiLanguageModel, [[{ json }]]).index);
		},

		handleLLMEnd(result, runId) {
			const generations = result.generations.map((answers) =>
				answers.map(({ text, generationInfo = {} }) => ({ text, generationInfo })),
			);
			const tokenUsage = toTokens(result);
			const json = { response: { generations }, tokenUsage } as unknown as IDataObject;
			context.addOutputData(AiLanguageModel, takeIndex(runId), [[{ json }]]);
			context.logAiEvent('ai-llm-generated-output');
		},

		handleLLMError(error, runId) {
			context.addOutputData(AiLanguageModel, takeIndex(runId), toNodeError(error, context));
			context.logAiEvent('ai-llm-errored');
		},
	};
}

function toNodeError(error: unknown, context: ISupplyDataFunctions) {
	if (error instanceof NodeError) return error as NodeOperationError;
	return new NodeOperationError(context.getNode(), error as Error, {
		functionality: 'configuration-node',
	});
}
