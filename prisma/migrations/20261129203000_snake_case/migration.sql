-- Tables, columns, types, keys and indexes under names that SQL needs no quotes for. Nothing is rewritten. In one transaction: a
-- server that stops half-way has the old names.
BEGIN;

-- Types.
ALTER TYPE "NewVoters" RENAME TO new_voters;
ALTER TYPE "BattleKind" RENAME TO battle_kind;
ALTER TYPE "BattleState" RENAME TO battle_state;
ALTER TYPE "VoteOutcome" RENAME TO vote_outcome;
ALTER TYPE "VoteStatus" RENAME TO vote_status;
ALTER TYPE "VoteGroup" RENAME TO vote_group;
ALTER TYPE "QuarantineState" RENAME TO quarantine_state;
ALTER TYPE "JudgeState" RENAME TO judge_state;
ALTER TYPE "JudgeChoice" RENAME TO judge_choice;
ALTER TYPE "ReferenceState" RENAME TO reference_state;
ALTER TYPE "Modality" RENAME TO modality;
ALTER TYPE "WireFormat" RENAME TO wire_format;
ALTER TYPE "ModelReview" RENAME TO model_review;
ALTER TYPE "RunState" RENAME TO run_state;

-- Board
ALTER TABLE "Board" RENAME TO boards;
ALTER TABLE boards RENAME COLUMN "promptSetId" TO prompt_set_id;
ALTER TABLE boards RENAME COLUMN "newVoters" TO new_voters;
ALTER TABLE boards RENAME COLUMN "votesCheckedAt" TO votes_checked_at;
ALTER TABLE boards RENAME COLUMN "imageWidth" TO image_width;
ALTER TABLE boards RENAME COLUMN "imageHeight" TO image_height;
ALTER TABLE boards RENAME COLUMN "aspectTolerance" TO aspect_tolerance;
ALTER TABLE boards RENAME COLUMN "createdAt" TO created_at;

-- Voter
ALTER TABLE "Voter" RENAME TO voters;
ALTER TABLE voters RENAME COLUMN "provenAt" TO proven_at;
ALTER TABLE voters RENAME COLUMN "createdAt" TO created_at;

-- Battle
ALTER TABLE "Battle" RENAME TO battles;
ALTER TABLE battles RENAME COLUMN "boardId" TO board_id;
ALTER TABLE battles RENAME COLUMN "voterId" TO voter_id;
ALTER TABLE battles RENAME COLUMN "promptId" TO prompt_id;
ALTER TABLE battles RENAME COLUMN "leftModelId" TO left_model_id;
ALTER TABLE battles RENAME COLUMN "rightModelId" TO right_model_id;
ALTER TABLE battles RENAME COLUMN "leftSampleId" TO left_sample_id;
ALTER TABLE battles RENAME COLUMN "rightSampleId" TO right_sample_id;
ALTER TABLE battles RENAME COLUMN "failureReason" TO failure_reason;
ALTER TABLE battles RENAME COLUMN "pairPolicy" TO pair_policy;
ALTER TABLE battles RENAME COLUMN "importId" TO import_id;
ALTER TABLE battles RENAME COLUMN "importLine" TO import_line;
ALTER TABLE battles RENAME COLUMN "addressHash" TO address_hash;
ALTER TABLE battles RENAME COLUMN "networkHash" TO network_hash;
ALTER TABLE battles RENAME COLUMN "createdAt" TO created_at;

-- Vote
ALTER TABLE "Vote" RENAME TO votes;
ALTER TABLE votes RENAME COLUMN "battleId" TO battle_id;
ALTER TABLE votes RENAME COLUMN "boardId" TO board_id;
ALTER TABLE votes RENAME COLUMN "voterId" TO voter_id;
ALTER TABLE votes RENAME COLUMN "leftModelId" TO left_model_id;
ALTER TABLE votes RENAME COLUMN "rightModelId" TO right_model_id;
ALTER TABLE votes RENAME COLUMN "statusReason" TO status_reason;
ALTER TABLE votes RENAME COLUMN "decisionMs" TO decision_ms;
ALTER TABLE votes RENAME COLUMN "addressHash" TO address_hash;
ALTER TABLE votes RENAME COLUMN "networkHash" TO network_hash;
ALTER TABLE votes RENAME COLUMN "quarantineId" TO quarantine_id;
ALTER TABLE votes RENAME COLUMN "createdAt" TO created_at;

-- Quarantine
ALTER TABLE "Quarantine" RENAME TO quarantines;
ALTER TABLE quarantines RENAME COLUMN "boardId" TO board_id;
ALTER TABLE quarantines RENAME COLUMN "groupKind" TO group_kind;
ALTER TABLE quarantines RENAME COLUMN "groupKey" TO group_key;
ALTER TABLE quarantines RENAME COLUMN "modelId" TO model_id;
ALTER TABLE quarantines RENAME COLUMN "createdAt" TO created_at;
ALTER TABLE quarantines RENAME COLUMN "decidedAt" TO decided_at;

-- VoteAnswer
ALTER TABLE "VoteAnswer" RENAME TO vote_answers;
ALTER TABLE vote_answers RENAME COLUMN "voteId" TO vote_id;

-- VoteImport
ALTER TABLE "VoteImport" RENAME TO vote_imports;
ALTER TABLE vote_imports RENAME COLUMN "boardId" TO board_id;
ALTER TABLE vote_imports RENAME COLUMN "createdAt" TO created_at;

-- EloRating
ALTER TABLE "EloRating" RENAME TO elo_ratings;
ALTER TABLE elo_ratings RENAME COLUMN "boardId" TO board_id;
ALTER TABLE elo_ratings RENAME COLUMN "modelId" TO model_id;

-- RatingEvent
ALTER TABLE "RatingEvent" RENAME TO rating_events;
ALTER TABLE rating_events RENAME COLUMN "voteId" TO vote_id;
ALTER TABLE rating_events RENAME COLUMN "boardId" TO board_id;
ALTER TABLE rating_events RENAME COLUMN "leftModelId" TO left_model_id;
ALTER TABLE rating_events RENAME COLUMN "rightModelId" TO right_model_id;
ALTER TABLE rating_events RENAME COLUMN "leftBefore" TO left_before;
ALTER TABLE rating_events RENAME COLUMN "leftAfter" TO left_after;
ALTER TABLE rating_events RENAME COLUMN "rightBefore" TO right_before;
ALTER TABLE rating_events RENAME COLUMN "rightAfter" TO right_after;
ALTER TABLE rating_events RENAME COLUMN "createdAt" TO created_at;

-- PairCount
ALTER TABLE "PairCount" RENAME TO pair_counts;
ALTER TABLE pair_counts RENAME COLUMN "boardId" TO board_id;
ALTER TABLE pair_counts RENAME COLUMN "modelA" TO model_a;
ALTER TABLE pair_counts RENAME COLUMN "modelB" TO model_b;
ALTER TABLE pair_counts RENAME COLUMN "winsA" TO wins_a;
ALTER TABLE pair_counts RENAME COLUMN "winsB" TO wins_b;
ALTER TABLE pair_counts RENAME COLUMN "bothBad" TO both_bad;

-- CriterionCount
ALTER TABLE "CriterionCount" RENAME TO criterion_counts;
ALTER TABLE criterion_counts RENAME COLUMN "boardId" TO board_id;
ALTER TABLE criterion_counts RENAME COLUMN "modelA" TO model_a;
ALTER TABLE criterion_counts RENAME COLUMN "modelB" TO model_b;

-- Installation
ALTER TABLE "Installation" RENAME TO installation;
ALTER TABLE installation RENAME COLUMN "secretFingerprint" TO secret_fingerprint;
ALTER TABLE installation RENAME COLUMN "artifactFolderId" TO artifact_folder_id;
ALTER TABLE installation RENAME COLUMN "artifactFolderMarked" TO artifact_folder_marked;

-- Judge
ALTER TABLE "Judge" RENAME TO judges;
ALTER TABLE judges RENAME COLUMN "baseUrl" TO base_url;
ALTER TABLE judges RENAME COLUMN "providerModel" TO provider_model;
ALTER TABLE judges RENAME COLUMN "apiKeySealed" TO api_key_sealed;
ALTER TABLE judges RENAME COLUMN "apiKeyLast4" TO api_key_last4;
ALTER TABLE judges RENAME COLUMN "timeoutMs" TO timeout_ms;
ALTER TABLE judges RENAME COLUMN "budgetUsd" TO budget_usd;
ALTER TABLE judges RENAME COLUMN "spentUsd" TO spent_usd;
ALTER TABLE judges RENAME COLUMN "usdPerMillionInputTokens" TO usd_per_million_input_tokens;
ALTER TABLE judges RENAME COLUMN "usdPerMillionOutputTokens" TO usd_per_million_output_tokens;
ALTER TABLE judges RENAME COLUMN "promptsPerRun" TO prompts_per_run;
ALTER TABLE judges RENAME COLUMN "pairsPerBoard" TO pairs_per_board;
ALTER TABLE judges RENAME COLUMN "jsonSchema" TO json_schema;
ALTER TABLE judges RENAME COLUMN "probedAt" TO probed_at;
ALTER TABLE judges RENAME COLUMN "stateReason" TO state_reason;
ALTER TABLE judges RENAME COLUMN "demotedAt" TO demoted_at;
ALTER TABLE judges RENAME COLUMN "demotedReason" TO demoted_reason;
ALTER TABLE judges RENAME COLUMN "gradedAt" TO graded_at;
ALTER TABLE judges RENAME COLUMN "ownerId" TO owner_id;
ALTER TABLE judges RENAME COLUMN "admittedAt" TO admitted_at;
ALTER TABLE judges RENAME COLUMN "addressHash" TO address_hash;
ALTER TABLE judges RENAME COLUMN "createdAt" TO created_at;

-- JudgeTask
ALTER TABLE "JudgeTask" RENAME TO judge_tasks;
ALTER TABLE judge_tasks RENAME COLUMN "judgeId" TO judge_id;
ALTER TABLE judge_tasks RENAME COLUMN "questionSetVersion" TO question_set_version;
ALTER TABLE judge_tasks RENAME COLUMN "runId" TO run_id;
ALTER TABLE judge_tasks RENAME COLUMN "boardId" TO board_id;
ALTER TABLE judge_tasks RENAME COLUMN "waitingUntil" TO waiting_until;
ALTER TABLE judge_tasks RENAME COLUMN "finishedAt" TO finished_at;
ALTER TABLE judge_tasks RENAME COLUMN "createdAt" TO created_at;

-- JudgeSampleVerdict
ALTER TABLE "JudgeSampleVerdict" RENAME TO judge_sample_verdicts;
ALTER TABLE judge_sample_verdicts RENAME COLUMN "sampleId" TO sample_id;
ALTER TABLE judge_sample_verdicts RENAME COLUMN "judgeId" TO judge_id;
ALTER TABLE judge_sample_verdicts RENAME COLUMN "questionSetVersion" TO question_set_version;
ALTER TABLE judge_sample_verdicts RENAME COLUMN "noVerdict" TO no_verdict;
ALTER TABLE judge_sample_verdicts RENAME COLUMN "promptHash" TO prompt_hash;
ALTER TABLE judge_sample_verdicts RENAME COLUMN "latencyMs" TO latency_ms;
ALTER TABLE judge_sample_verdicts RENAME COLUMN "inputTokens" TO input_tokens;
ALTER TABLE judge_sample_verdicts RENAME COLUMN "outputTokens" TO output_tokens;
ALTER TABLE judge_sample_verdicts RENAME COLUMN "costUsd" TO cost_usd;
ALTER TABLE judge_sample_verdicts RENAME COLUMN "createdAt" TO created_at;

-- JudgePair
ALTER TABLE "JudgePair" RENAME TO judge_pairs;
ALTER TABLE judge_pairs RENAME COLUMN "boardId" TO board_id;
ALTER TABLE judge_pairs RENAME COLUMN "firstSampleId" TO first_sample_id;
ALTER TABLE judge_pairs RENAME COLUMN "secondSampleId" TO second_sample_id;
ALTER TABLE judge_pairs RENAME COLUMN "pairPolicy" TO pair_policy;
ALTER TABLE judge_pairs RENAME COLUMN "createdAt" TO created_at;

-- JudgePairVerdict
ALTER TABLE "JudgePairVerdict" RENAME TO judge_pair_verdicts;
ALTER TABLE judge_pair_verdicts RENAME COLUMN "judgeId" TO judge_id;
ALTER TABLE judge_pair_verdicts RENAME COLUMN "aSampleId" TO a_sample_id;
ALTER TABLE judge_pair_verdicts RENAME COLUMN "bSampleId" TO b_sample_id;
ALTER TABLE judge_pair_verdicts RENAME COLUMN "noVerdict" TO no_verdict;
ALTER TABLE judge_pair_verdicts RENAME COLUMN "promptHash" TO prompt_hash;
ALTER TABLE judge_pair_verdicts RENAME COLUMN "latencyMs" TO latency_ms;
ALTER TABLE judge_pair_verdicts RENAME COLUMN "inputTokens" TO input_tokens;
ALTER TABLE judge_pair_verdicts RENAME COLUMN "outputTokens" TO output_tokens;
ALTER TABLE judge_pair_verdicts RENAME COLUMN "costUsd" TO cost_usd;
ALTER TABLE judge_pair_verdicts RENAME COLUMN "createdAt" TO created_at;

-- QuestionSet
ALTER TABLE "QuestionSet" RENAME TO question_sets;
ALTER TABLE question_sets RENAME COLUMN "promptSetId" TO prompt_set_id;
ALTER TABLE question_sets RENAME COLUMN "proposedBy" TO proposed_by;
ALTER TABLE question_sets RENAME COLUMN "reviewedAt" TO reviewed_at;
ALTER TABLE question_sets RENAME COLUMN "reviewedBy" TO reviewed_by;
ALTER TABLE question_sets RENAME COLUMN "createdAt" TO created_at;

-- Checklist
ALTER TABLE "Checklist" RENAME TO checklists;
ALTER TABLE checklists RENAME COLUMN "questionSetId" TO question_set_id;
ALTER TABLE checklists RENAME COLUMN "promptId" TO prompt_id;
ALTER TABLE checklists RENAME COLUMN "createdAt" TO created_at;

-- JudgeCanaryVerdict
ALTER TABLE "JudgeCanaryVerdict" RENAME TO judge_canary_verdicts;
ALTER TABLE judge_canary_verdicts RENAME COLUMN "judgeId" TO judge_id;
ALTER TABLE judge_canary_verdicts RENAME COLUMN "sampleId" TO sample_id;
ALTER TABLE judge_canary_verdicts RENAME COLUMN "spoiledFirst" TO spoiled_first;
ALTER TABLE judge_canary_verdicts RENAME COLUMN "noVerdict" TO no_verdict;
ALTER TABLE judge_canary_verdicts RENAME COLUMN "promptHash" TO prompt_hash;
ALTER TABLE judge_canary_verdicts RENAME COLUMN "latencyMs" TO latency_ms;
ALTER TABLE judge_canary_verdicts RENAME COLUMN "inputTokens" TO input_tokens;
ALTER TABLE judge_canary_verdicts RENAME COLUMN "outputTokens" TO output_tokens;
ALTER TABLE judge_canary_verdicts RENAME COLUMN "costUsd" TO cost_usd;
ALTER TABLE judge_canary_verdicts RENAME COLUMN "createdAt" TO created_at;

-- RatingSnapshot
ALTER TABLE "RatingSnapshot" RENAME TO rating_snapshots;
ALTER TABLE rating_snapshots RENAME COLUMN "boardId" TO board_id;
ALTER TABLE rating_snapshots RENAME COLUMN "inputsHash" TO inputs_hash;
ALTER TABLE rating_snapshots RENAME COLUMN "createdAt" TO created_at;

-- RatingSnapshotRow
ALTER TABLE "RatingSnapshotRow" RENAME TO rating_snapshot_rows;
ALTER TABLE rating_snapshot_rows RENAME COLUMN "snapshotId" TO snapshot_id;
ALTER TABLE rating_snapshot_rows RENAME COLUMN "modelId" TO model_id;
ALTER TABLE rating_snapshot_rows RENAME COLUMN "rankLow" TO rank_low;
ALTER TABLE rating_snapshot_rows RENAME COLUMN "rankHigh" TO rank_high;
ALTER TABLE rating_snapshot_rows RENAME COLUMN "overlapLow" TO overlap_low;
ALTER TABLE rating_snapshot_rows RENAME COLUMN "overlapHigh" TO overlap_high;
ALTER TABLE rating_snapshot_rows RENAME COLUMN "bothBad" TO both_bad;

-- CriterionSnapshot
ALTER TABLE "CriterionSnapshot" RENAME TO criterion_snapshots;
ALTER TABLE criterion_snapshots RENAME COLUMN "boardId" TO board_id;
ALTER TABLE criterion_snapshots RENAME COLUMN "inputsHash" TO inputs_hash;
ALTER TABLE criterion_snapshots RENAME COLUMN "createdAt" TO created_at;

-- ClusterMeasure
ALTER TABLE "ClusterMeasure" RENAME TO cluster_measures;
ALTER TABLE cluster_measures RENAME COLUMN "boardId" TO board_id;
ALTER TABLE cluster_measures RENAME COLUMN "createdAt" TO created_at;

-- RateLimit
ALTER TABLE "RateLimit" RENAME TO rate_limits;

-- Embedding
ALTER TABLE "Embedding" RENAME TO embeddings;
ALTER TABLE embeddings RENAME COLUMN "artifactHash" TO artifact_hash;
ALTER TABLE embeddings RENAME COLUMN "extractorId" TO encoder_id;

-- Grade
ALTER TABLE "Grade" RENAME TO grades;
ALTER TABLE grades RENAME COLUMN "artifactHash" TO artifact_hash;
ALTER TABLE grades RENAME COLUMN "promptId" TO prompt_id;
ALTER TABLE grades RENAME COLUMN "graderId" TO grader_id;
ALTER TABLE grades RENAME COLUMN "allCorrect" TO all_correct;

-- ReferenceSet
ALTER TABLE "ReferenceSet" RENAME TO reference_sets;
ALTER TABLE reference_sets RENAME COLUMN "extractorId" TO encoder_id;
ALTER TABLE reference_sets RENAME COLUMN "failureReason" TO failure_reason;
ALTER TABLE reference_sets RENAME COLUMN "manifestSha256" TO manifest_sha256;
ALTER TABLE reference_sets RENAME COLUMN clips TO videos;
ALTER TABLE reference_sets RENAME COLUMN "scoresDistance" TO scores_distance;
ALTER TABLE reference_sets RENAME COLUMN "scoresSamples" TO scores_samples;
ALTER TABLE reference_sets RENAME COLUMN "ownerId" TO owner_id;
ALTER TABLE reference_sets RENAME COLUMN "addressHash" TO address_hash;
ALTER TABLE reference_sets RENAME COLUMN "createdAt" TO created_at;

-- ReferencePicture
ALTER TABLE "ReferencePicture" RENAME TO reference_images;
ALTER TABLE reference_images RENAME COLUMN "referenceSetId" TO reference_set_id;
ALTER TABLE reference_images RENAME COLUMN "artifactHash" TO artifact_hash;

-- RunExamination
ALTER TABLE "RunExamination" RENAME TO run_examinations;
ALTER TABLE run_examinations RENAME COLUMN "runId" TO run_id;
ALTER TABLE run_examinations RENAME COLUMN "inputsHash" TO inputs_hash;
ALTER TABLE run_examinations RENAME COLUMN "createdAt" TO created_at;

-- EncoderExamination
ALTER TABLE "EncoderExamination" RENAME TO encoder_examinations;
ALTER TABLE encoder_examinations RENAME COLUMN "runId" TO run_id;
ALTER TABLE encoder_examinations RENAME COLUMN "featuresId" TO features_id;
ALTER TABLE encoder_examinations RENAME COLUMN "distanceLabel" TO distance_label;
ALTER TABLE encoder_examinations RENAME COLUMN "inputsHash" TO inputs_hash;
ALTER TABLE encoder_examinations RENAME COLUMN "referenceId" TO reference_id;
ALTER TABLE encoder_examinations RENAME COLUMN pictures TO images;
ALTER TABLE encoder_examinations RENAME COLUMN "createdAt" TO created_at;

-- RunPair
ALTER TABLE "RunPair" RENAME TO run_pairs;
ALTER TABLE run_pairs RENAME COLUMN "firstRunId" TO first_run_id;
ALTER TABLE run_pairs RENAME COLUMN "secondRunId" TO second_run_id;
ALTER TABLE run_pairs RENAME COLUMN "featuresId" TO features_id;
ALTER TABLE run_pairs RENAME COLUMN "inputsHash" TO inputs_hash;
ALTER TABLE run_pairs RENAME COLUMN "createdAt" TO created_at;

-- MetricResult
ALTER TABLE "MetricResult" RENAME TO metric_results;
ALTER TABLE metric_results RENAME COLUMN "runId" TO run_id;
ALTER TABLE metric_results RENAME COLUMN "promptsHash" TO prompts_hash;
ALTER TABLE metric_results RENAME COLUMN "protocolHash" TO protocol_hash;
ALTER TABLE metric_results RENAME COLUMN "createdAt" TO created_at;

-- Model
ALTER TABLE "Model" RENAME TO models;
ALTER TABLE models RENAME COLUMN "openWeights" TO open_weights;
ALTER TABLE models RENAME COLUMN "releasedAt" TO released_at;
ALTER TABLE models RENAME COLUMN "textConditioning" TO text_conditioning;
ALTER TABLE models RENAME COLUMN "pricePerImageUsd" TO price_per_image_usd;
ALTER TABLE models RENAME COLUMN "submitterId" TO submitter_id;
ALTER TABLE models RENAME COLUMN "reviewReason" TO review_reason;
ALTER TABLE models RENAME COLUMN "hiddenAt" TO hidden_at;
ALTER TABLE models RENAME COLUMN "removedAt" TO removed_at;
ALTER TABLE models RENAME COLUMN "addressHash" TO address_hash;
ALTER TABLE models RENAME COLUMN "createdAt" TO created_at;

-- Endpoint
ALTER TABLE "Endpoint" RENAME TO endpoints;
ALTER TABLE endpoints RENAME COLUMN "modelId" TO model_id;
ALTER TABLE endpoints RENAME COLUMN "wireFormat" TO wire_format;
ALTER TABLE endpoints RENAME COLUMN "baseUrl" TO base_url;
ALTER TABLE endpoints RENAME COLUMN "providerModel" TO provider_model;
ALTER TABLE endpoints RENAME COLUMN "apiKeySealed" TO api_key_sealed;
ALTER TABLE endpoints RENAME COLUMN "apiKeyLast4" TO api_key_last4;
ALTER TABLE endpoints RENAME COLUMN "timeoutMs" TO timeout_ms;
ALTER TABLE endpoints RENAME COLUMN "imageSize" TO image_size;
ALTER TABLE endpoints RENAME COLUMN "ownPromptsPerDay" TO own_prompts_per_day;
ALTER TABLE endpoints RENAME COLUMN "ownPromptsDay" TO own_prompts_day;
ALTER TABLE endpoints RENAME COLUMN "ownPromptsUsed" TO own_prompts_used;
ALTER TABLE endpoints RENAME COLUMN "createdAt" TO created_at;

-- PromptSet
ALTER TABLE "PromptSet" RENAME TO prompt_sets;
ALTER TABLE prompt_sets RENAME COLUMN "createdAt" TO created_at;

-- Prompt
ALTER TABLE "Prompt" RENAME TO prompts;
ALTER TABLE prompts RENAME COLUMN "promptSetId" TO prompt_set_id;
ALTER TABLE prompts RENAME COLUMN "retiredAt" TO retired_at;
ALTER TABLE prompts RENAME COLUMN "createdAt" TO created_at;

-- Run
ALTER TABLE "Run" RENAME TO runs;
ALTER TABLE runs RENAME COLUMN "modelId" TO model_id;
ALTER TABLE runs RENAME COLUMN "promptSetId" TO prompt_set_id;
ALTER TABLE runs RENAME COLUMN "promptCount" TO prompt_count;
ALTER TABLE runs RENAME COLUMN "samplesPerPrompt" TO samples_per_prompt;
ALTER TABLE runs RENAME COLUMN "failureReason" TO failure_reason;
ALTER TABLE runs RENAME COLUMN "listsModel" TO lists_model;
ALTER TABLE runs RENAME COLUMN "supersededAt" TO superseded_at;
ALTER TABLE runs RENAME COLUMN "createdAt" TO created_at;
ALTER TABLE runs RENAME COLUMN "startedAt" TO started_at;
ALTER TABLE runs RENAME COLUMN "finishedAt" TO finished_at;

-- Artifact
ALTER TABLE "Artifact" RENAME TO artifacts;
ALTER TABLE artifacts RENAME COLUMN "mediaType" TO media_type;
ALTER TABLE artifacts RENAME COLUMN clip TO video;
ALTER TABLE artifacts RENAME COLUMN "erasedAt" TO erased_at;
ALTER TABLE artifacts RENAME COLUMN "createdAt" TO created_at;

-- ArtifactStyle
ALTER TABLE "ArtifactStyle" RENAME TO artifact_styles;
ALTER TABLE artifact_styles RENAME COLUMN "artifactHash" TO artifact_hash;
ALTER TABLE artifact_styles RENAME COLUMN "measureId" TO measure_id;
ALTER TABLE artifact_styles RENAME COLUMN "createdAt" TO created_at;

-- Sample
ALTER TABLE "Sample" RENAME TO samples;
ALTER TABLE samples RENAME COLUMN "runId" TO run_id;
ALTER TABLE samples RENAME COLUMN "modelId" TO model_id;
ALTER TABLE samples RENAME COLUMN "promptId" TO prompt_id;
ALTER TABLE samples RENAME COLUMN "artifactHash" TO artifact_hash;
ALTER TABLE samples RENAME COLUMN "seedRequested" TO seed_requested;
ALTER TABLE samples RENAME COLUMN "seedUsed" TO seed_used;
ALTER TABLE samples RENAME COLUMN "revisedPrompt" TO revised_prompt;
ALTER TABLE samples RENAME COLUMN "latencyMs" TO latency_ms;
ALTER TABLE samples RENAME COLUMN "inferenceMs" TO inference_ms;
ALTER TABLE samples RENAME COLUMN "costUsd" TO cost_usd;
ALTER TABLE samples RENAME COLUMN "createdAt" TO created_at;

-- SampleFailure
ALTER TABLE "SampleFailure" RENAME TO sample_failures;
ALTER TABLE sample_failures RENAME COLUMN "runId" TO run_id;
ALTER TABLE sample_failures RENAME COLUMN "promptId" TO prompt_id;
ALTER TABLE sample_failures RENAME COLUMN "createdAt" TO created_at;

-- DemoPicture
ALTER TABLE "DemoPicture" RENAME TO demo_images;
ALTER TABLE demo_images RENAME COLUMN "guidanceScale" TO guidance_scale;
ALTER TABLE demo_images RENAME COLUMN "artifactHash" TO artifact_hash;
ALTER TABLE demo_images RENAME COLUMN "filmstripHash" TO filmstrip_hash;
ALTER TABLE demo_images RENAME COLUMN "computeMs" TO compute_ms;
ALTER TABLE demo_images RENAME COLUMN "createdAt" TO created_at;

-- Reconstruction
ALTER TABLE "Reconstruction" RENAME TO reconstructions;
ALTER TABLE reconstructions RENAME COLUMN "originalHash" TO original_hash;
ALTER TABLE reconstructions RENAME COLUMN "artifactHash" TO artifact_hash;
ALTER TABLE reconstructions RENAME COLUMN "createdAt" TO created_at;

-- DemoText
ALTER TABLE "DemoText" RENAME TO demo_texts;
ALTER TABLE demo_texts RENAME COLUMN "createdAt" TO created_at;

-- BackendCard
ALTER TABLE "BackendCard" RENAME TO backend_cards;

-- Drawing
ALTER TABLE "Drawing" RENAME TO drawings;
ALTER TABLE drawings RENAME COLUMN "createdAt" TO created_at;

-- DrawingPicture
ALTER TABLE "DrawingPicture" RENAME TO drawing_images;
ALTER TABLE drawing_images RENAME COLUMN "drawingId" TO drawing_id;
ALTER TABLE drawing_images RENAME COLUMN "modelId" TO model_id;
ALTER TABLE drawing_images RENAME COLUMN "artifactHash" TO artifact_hash;
ALTER TABLE drawing_images RENAME COLUMN "unknownWords" TO unknown_words;
ALTER TABLE drawing_images RENAME COLUMN "unreadWords" TO unread_words;

-- Keys and CHECKs.
ALTER TABLE artifact_styles RENAME CONSTRAINT "ArtifactStyle_artifactHash_fkey" TO artifact_styles_artifact_hash_fkey;
ALTER TABLE artifact_styles RENAME CONSTRAINT "ArtifactStyle_pkey" TO artifact_styles_pkey;
ALTER TABLE artifacts RENAME CONSTRAINT "Artifact_pkey" TO artifacts_pkey;
ALTER TABLE artifacts RENAME CONSTRAINT "Artifact_ranges" TO artifacts_ranges;
ALTER TABLE backend_cards RENAME CONSTRAINT "BackendCard_pkey" TO backend_cards_pkey;
ALTER TABLE battles RENAME CONSTRAINT "Battle_boardId_fkey" TO battles_board_id_fkey;
ALTER TABLE battles RENAME CONSTRAINT "Battle_importId_fkey" TO battles_import_id_fkey;
ALTER TABLE battles RENAME CONSTRAINT "Battle_leftModelId_fkey" TO battles_left_model_id_fkey;
ALTER TABLE battles RENAME CONSTRAINT "Battle_leftSampleId_fkey" TO battles_left_sample_id_fkey;
ALTER TABLE battles RENAME CONSTRAINT "Battle_pkey" TO battles_pkey;
ALTER TABLE battles RENAME CONSTRAINT "Battle_promptId_fkey" TO battles_prompt_id_fkey;
ALTER TABLE battles RENAME CONSTRAINT "Battle_ranges" TO battles_ranges;
ALTER TABLE battles RENAME CONSTRAINT "Battle_rightModelId_fkey" TO battles_right_model_id_fkey;
ALTER TABLE battles RENAME CONSTRAINT "Battle_rightSampleId_fkey" TO battles_right_sample_id_fkey;
ALTER TABLE battles RENAME CONSTRAINT "Battle_voterId_fkey" TO battles_voter_id_fkey;
ALTER TABLE boards RENAME CONSTRAINT "Board_image_size" TO boards_image_size;
ALTER TABLE boards RENAME CONSTRAINT "Board_pkey" TO boards_pkey;
ALTER TABLE boards RENAME CONSTRAINT "Board_promptSetId_fkey" TO boards_prompt_set_id_fkey;
ALTER TABLE checklists RENAME CONSTRAINT "Checklist_pkey" TO checklists_pkey;
ALTER TABLE checklists RENAME CONSTRAINT "Checklist_promptId_fkey" TO checklists_prompt_id_fkey;
ALTER TABLE checklists RENAME CONSTRAINT "Checklist_questionSetId_fkey" TO checklists_question_set_id_fkey;
ALTER TABLE cluster_measures RENAME CONSTRAINT "ClusterMeasure_boardId_fkey" TO cluster_measures_board_id_fkey;
ALTER TABLE cluster_measures RENAME CONSTRAINT "ClusterMeasure_pkey" TO cluster_measures_pkey;
ALTER TABLE criterion_counts RENAME CONSTRAINT "CriterionCount_boardId_fkey" TO criterion_counts_board_id_fkey;
ALTER TABLE criterion_counts RENAME CONSTRAINT "CriterionCount_modelA_fkey" TO criterion_counts_model_a_fkey;
ALTER TABLE criterion_counts RENAME CONSTRAINT "CriterionCount_modelB_fkey" TO criterion_counts_model_b_fkey;
ALTER TABLE criterion_counts RENAME CONSTRAINT "CriterionCount_order" TO criterion_counts_order;
ALTER TABLE criterion_counts RENAME CONSTRAINT "CriterionCount_pkey" TO criterion_counts_pkey;
ALTER TABLE criterion_snapshots RENAME CONSTRAINT "CriterionSnapshot_boardId_fkey" TO criterion_snapshots_board_id_fkey;
ALTER TABLE criterion_snapshots RENAME CONSTRAINT "CriterionSnapshot_pkey" TO criterion_snapshots_pkey;
ALTER TABLE criterion_snapshots RENAME CONSTRAINT "CriterionSnapshot_ranges" TO criterion_snapshots_ranges;
ALTER TABLE demo_images RENAME CONSTRAINT "DemoPicture_artifactHash_fkey" TO demo_images_artifact_hash_fkey;
ALTER TABLE demo_images RENAME CONSTRAINT "DemoPicture_filmstripHash_fkey" TO demo_images_filmstrip_hash_fkey;
ALTER TABLE demo_images RENAME CONSTRAINT "DemoPicture_pkey" TO demo_images_pkey;
ALTER TABLE demo_texts RENAME CONSTRAINT "DemoText_pkey" TO demo_texts_pkey;
ALTER TABLE drawing_images RENAME CONSTRAINT "DrawingPicture_artifactHash_fkey" TO drawing_images_artifact_hash_fkey;
ALTER TABLE drawing_images RENAME CONSTRAINT "DrawingPicture_drawingId_fkey" TO drawing_images_drawing_id_fkey;
ALTER TABLE drawing_images RENAME CONSTRAINT "DrawingPicture_modelId_fkey" TO drawing_images_model_id_fkey;
ALTER TABLE drawing_images RENAME CONSTRAINT "DrawingPicture_pkey" TO drawing_images_pkey;
ALTER TABLE drawings RENAME CONSTRAINT "Drawing_pkey" TO drawings_pkey;
ALTER TABLE elo_ratings RENAME CONSTRAINT "EloRating_boardId_fkey" TO elo_ratings_board_id_fkey;
ALTER TABLE elo_ratings RENAME CONSTRAINT "EloRating_modelId_fkey" TO elo_ratings_model_id_fkey;
ALTER TABLE elo_ratings RENAME CONSTRAINT "EloRating_pkey" TO elo_ratings_pkey;
ALTER TABLE elo_ratings RENAME CONSTRAINT "EloRating_ranges" TO elo_ratings_ranges;
ALTER TABLE embeddings RENAME CONSTRAINT "Embedding_artifactHash_fkey" TO embeddings_artifact_hash_fkey;
ALTER TABLE embeddings RENAME CONSTRAINT "Embedding_pkey" TO embeddings_pkey;
ALTER TABLE encoder_examinations RENAME CONSTRAINT "EncoderExamination_pkey" TO encoder_examinations_pkey;
ALTER TABLE encoder_examinations RENAME CONSTRAINT "EncoderExamination_referenceId_fkey" TO encoder_examinations_reference_id_fkey;
ALTER TABLE encoder_examinations RENAME CONSTRAINT "EncoderExamination_runId_fkey" TO encoder_examinations_run_id_fkey;
ALTER TABLE endpoints RENAME CONSTRAINT "Endpoint_modelId_fkey" TO endpoints_model_id_fkey;
ALTER TABLE endpoints RENAME CONSTRAINT "Endpoint_pkey" TO endpoints_pkey;
ALTER TABLE endpoints RENAME CONSTRAINT "Endpoint_ranges" TO endpoints_ranges;
ALTER TABLE grades RENAME CONSTRAINT "Grade_artifactHash_fkey" TO grades_artifact_hash_fkey;
ALTER TABLE grades RENAME CONSTRAINT "Grade_pkey" TO grades_pkey;
ALTER TABLE grades RENAME CONSTRAINT "Grade_promptId_fkey" TO grades_prompt_id_fkey;
ALTER TABLE installation RENAME CONSTRAINT "Installation_one_row" TO installation_one_row;
ALTER TABLE installation RENAME CONSTRAINT "Installation_pkey" TO installation_pkey;
ALTER TABLE judge_canary_verdicts RENAME CONSTRAINT "JudgeCanaryVerdict_judgeId_fkey" TO judge_canary_verdicts_judge_id_fkey;
ALTER TABLE judge_canary_verdicts RENAME CONSTRAINT "JudgeCanaryVerdict_pkey" TO judge_canary_verdicts_pkey;
ALTER TABLE judge_canary_verdicts RENAME CONSTRAINT "JudgeCanaryVerdict_ranges" TO judge_canary_verdicts_ranges;
ALTER TABLE judge_canary_verdicts RENAME CONSTRAINT "JudgeCanaryVerdict_sampleId_fkey" TO judge_canary_verdicts_sample_id_fkey;
ALTER TABLE judge_pair_verdicts RENAME CONSTRAINT "JudgePairVerdict_aSampleId_fkey" TO judge_pair_verdicts_a_sample_id_fkey;
ALTER TABLE judge_pair_verdicts RENAME CONSTRAINT "JudgePairVerdict_bSampleId_fkey" TO judge_pair_verdicts_b_sample_id_fkey;
ALTER TABLE judge_pair_verdicts RENAME CONSTRAINT "JudgePairVerdict_judgeId_fkey" TO judge_pair_verdicts_judge_id_fkey;
ALTER TABLE judge_pair_verdicts RENAME CONSTRAINT "JudgePairVerdict_pkey" TO judge_pair_verdicts_pkey;
ALTER TABLE judge_pair_verdicts RENAME CONSTRAINT "JudgePairVerdict_ranges" TO judge_pair_verdicts_ranges;
ALTER TABLE judge_pairs RENAME CONSTRAINT "JudgePair_boardId_fkey" TO judge_pairs_board_id_fkey;
ALTER TABLE judge_pairs RENAME CONSTRAINT "JudgePair_firstSampleId_fkey" TO judge_pairs_first_sample_id_fkey;
ALTER TABLE judge_pairs RENAME CONSTRAINT "JudgePair_order" TO judge_pairs_order;
ALTER TABLE judge_pairs RENAME CONSTRAINT "JudgePair_pkey" TO judge_pairs_pkey;
ALTER TABLE judge_pairs RENAME CONSTRAINT "JudgePair_ranges" TO judge_pairs_ranges;
ALTER TABLE judge_pairs RENAME CONSTRAINT "JudgePair_secondSampleId_fkey" TO judge_pairs_second_sample_id_fkey;
ALTER TABLE judge_sample_verdicts RENAME CONSTRAINT "JudgeSampleVerdict_judgeId_fkey" TO judge_sample_verdicts_judge_id_fkey;
ALTER TABLE judge_sample_verdicts RENAME CONSTRAINT "JudgeSampleVerdict_pkey" TO judge_sample_verdicts_pkey;
ALTER TABLE judge_sample_verdicts RENAME CONSTRAINT "JudgeSampleVerdict_ranges" TO judge_sample_verdicts_ranges;
ALTER TABLE judge_sample_verdicts RENAME CONSTRAINT "JudgeSampleVerdict_sampleId_fkey" TO judge_sample_verdicts_sample_id_fkey;
ALTER TABLE judge_tasks RENAME CONSTRAINT "JudgeTask_boardId_fkey" TO judge_tasks_board_id_fkey;
ALTER TABLE judge_tasks RENAME CONSTRAINT "JudgeTask_judgeId_fkey" TO judge_tasks_judge_id_fkey;
ALTER TABLE judge_tasks RENAME CONSTRAINT "JudgeTask_one_scope" TO judge_tasks_one_scope;
ALTER TABLE judge_tasks RENAME CONSTRAINT "JudgeTask_pkey" TO judge_tasks_pkey;
ALTER TABLE judge_tasks RENAME CONSTRAINT "JudgeTask_ranges" TO judge_tasks_ranges;
ALTER TABLE judge_tasks RENAME CONSTRAINT "JudgeTask_runId_fkey" TO judge_tasks_run_id_fkey;
ALTER TABLE judges RENAME CONSTRAINT "Judge_pkey" TO judges_pkey;
ALTER TABLE judges RENAME CONSTRAINT "Judge_ranges" TO judges_ranges;
ALTER TABLE metric_results RENAME CONSTRAINT "MetricResult_pkey" TO metric_results_pkey;
ALTER TABLE metric_results RENAME CONSTRAINT "MetricResult_ranges" TO metric_results_ranges;
ALTER TABLE metric_results RENAME CONSTRAINT "MetricResult_runId_fkey" TO metric_results_run_id_fkey;
ALTER TABLE models RENAME CONSTRAINT "Model_pkey" TO models_pkey;
ALTER TABLE models RENAME CONSTRAINT "Model_ranges" TO models_ranges;
ALTER TABLE pair_counts RENAME CONSTRAINT "PairCount_boardId_fkey" TO pair_counts_board_id_fkey;
ALTER TABLE pair_counts RENAME CONSTRAINT "PairCount_modelA_fkey" TO pair_counts_model_a_fkey;
ALTER TABLE pair_counts RENAME CONSTRAINT "PairCount_modelB_fkey" TO pair_counts_model_b_fkey;
ALTER TABLE pair_counts RENAME CONSTRAINT "PairCount_order" TO pair_counts_order;
ALTER TABLE pair_counts RENAME CONSTRAINT "PairCount_pkey" TO pair_counts_pkey;
ALTER TABLE prompt_sets RENAME CONSTRAINT "PromptSet_pkey" TO prompt_sets_pkey;
ALTER TABLE prompts RENAME CONSTRAINT "Prompt_pkey" TO prompts_pkey;
ALTER TABLE prompts RENAME CONSTRAINT "Prompt_promptSetId_fkey" TO prompts_prompt_set_id_fkey;
ALTER TABLE prompts RENAME CONSTRAINT "Prompt_retired_not_arena" TO prompts_retired_not_arena;
ALTER TABLE quarantines RENAME CONSTRAINT "Quarantine_boardId_fkey" TO quarantines_board_id_fkey;
ALTER TABLE quarantines RENAME CONSTRAINT "Quarantine_modelId_fkey" TO quarantines_model_id_fkey;
ALTER TABLE quarantines RENAME CONSTRAINT "Quarantine_pkey" TO quarantines_pkey;
ALTER TABLE question_sets RENAME CONSTRAINT "QuestionSet_pkey" TO question_sets_pkey;
ALTER TABLE question_sets RENAME CONSTRAINT "QuestionSet_promptSetId_fkey" TO question_sets_prompt_set_id_fkey;
ALTER TABLE question_sets RENAME CONSTRAINT "QuestionSet_ranges" TO question_sets_ranges;
ALTER TABLE rate_limits RENAME CONSTRAINT "RateLimit_pkey" TO rate_limits_pkey;
ALTER TABLE rating_events RENAME CONSTRAINT "RatingEvent_boardId_fkey" TO rating_events_board_id_fkey;
ALTER TABLE rating_events RENAME CONSTRAINT "RatingEvent_leftModelId_fkey" TO rating_events_left_model_id_fkey;
ALTER TABLE rating_events RENAME CONSTRAINT "RatingEvent_pkey" TO rating_events_pkey;
ALTER TABLE rating_events RENAME CONSTRAINT "RatingEvent_rightModelId_fkey" TO rating_events_right_model_id_fkey;
ALTER TABLE rating_events RENAME CONSTRAINT "RatingEvent_voteId_fkey" TO rating_events_vote_id_fkey;
ALTER TABLE rating_snapshot_rows RENAME CONSTRAINT "RatingSnapshotRow_modelId_fkey" TO rating_snapshot_rows_model_id_fkey;
ALTER TABLE rating_snapshot_rows RENAME CONSTRAINT "RatingSnapshotRow_pkey" TO rating_snapshot_rows_pkey;
ALTER TABLE rating_snapshot_rows RENAME CONSTRAINT "RatingSnapshotRow_ranges" TO rating_snapshot_rows_ranges;
ALTER TABLE rating_snapshot_rows RENAME CONSTRAINT "RatingSnapshotRow_snapshotId_fkey" TO rating_snapshot_rows_snapshot_id_fkey;
ALTER TABLE rating_snapshots RENAME CONSTRAINT "RatingSnapshot_boardId_fkey" TO rating_snapshots_board_id_fkey;
ALTER TABLE rating_snapshots RENAME CONSTRAINT "RatingSnapshot_pkey" TO rating_snapshots_pkey;
ALTER TABLE rating_snapshots RENAME CONSTRAINT "RatingSnapshot_ranges" TO rating_snapshots_ranges;
ALTER TABLE reconstructions RENAME CONSTRAINT "Reconstruction_artifactHash_fkey" TO reconstructions_artifact_hash_fkey;
ALTER TABLE reconstructions RENAME CONSTRAINT "Reconstruction_originalHash_fkey" TO reconstructions_original_hash_fkey;
ALTER TABLE reconstructions RENAME CONSTRAINT "Reconstruction_pkey" TO reconstructions_pkey;
ALTER TABLE reference_images RENAME CONSTRAINT "ReferencePicture_artifactHash_fkey" TO reference_images_artifact_hash_fkey;
ALTER TABLE reference_images RENAME CONSTRAINT "ReferencePicture_pkey" TO reference_images_pkey;
ALTER TABLE reference_images RENAME CONSTRAINT "ReferencePicture_referenceSetId_fkey" TO reference_images_reference_set_id_fkey;
ALTER TABLE reference_sets RENAME CONSTRAINT "ReferenceSet_pkey" TO reference_sets_pkey;
ALTER TABLE reference_sets RENAME CONSTRAINT "ReferenceSet_ranges" TO reference_sets_ranges;
ALTER TABLE run_examinations RENAME CONSTRAINT "RunExamination_pkey" TO run_examinations_pkey;
ALTER TABLE run_examinations RENAME CONSTRAINT "RunExamination_runId_fkey" TO run_examinations_run_id_fkey;
ALTER TABLE run_pairs RENAME CONSTRAINT "RunPair_firstRunId_fkey" TO run_pairs_first_run_id_fkey;
ALTER TABLE run_pairs RENAME CONSTRAINT "RunPair_order" TO run_pairs_order;
ALTER TABLE run_pairs RENAME CONSTRAINT "RunPair_pkey" TO run_pairs_pkey;
ALTER TABLE run_pairs RENAME CONSTRAINT "RunPair_secondRunId_fkey" TO run_pairs_second_run_id_fkey;
ALTER TABLE runs RENAME CONSTRAINT "Run_modelId_fkey" TO runs_model_id_fkey;
ALTER TABLE runs RENAME CONSTRAINT "Run_pkey" TO runs_pkey;
ALTER TABLE runs RENAME CONSTRAINT "Run_promptSetId_fkey" TO runs_prompt_set_id_fkey;
ALTER TABLE runs RENAME CONSTRAINT "Run_ranges" TO runs_ranges;
ALTER TABLE sample_failures RENAME CONSTRAINT "SampleFailure_pkey" TO sample_failures_pkey;
ALTER TABLE sample_failures RENAME CONSTRAINT "SampleFailure_promptId_fkey" TO sample_failures_prompt_id_fkey;
ALTER TABLE sample_failures RENAME CONSTRAINT "SampleFailure_ranges" TO sample_failures_ranges;
ALTER TABLE sample_failures RENAME CONSTRAINT "SampleFailure_runId_fkey" TO sample_failures_run_id_fkey;
ALTER TABLE samples RENAME CONSTRAINT "Sample_artifactHash_fkey" TO samples_artifact_hash_fkey;
ALTER TABLE samples RENAME CONSTRAINT "Sample_modelId_fkey" TO samples_model_id_fkey;
ALTER TABLE samples RENAME CONSTRAINT "Sample_pkey" TO samples_pkey;
ALTER TABLE samples RENAME CONSTRAINT "Sample_promptId_fkey" TO samples_prompt_id_fkey;
ALTER TABLE samples RENAME CONSTRAINT "Sample_ranges" TO samples_ranges;
ALTER TABLE samples RENAME CONSTRAINT "Sample_runId_fkey" TO samples_run_id_fkey;
ALTER TABLE vote_answers RENAME CONSTRAINT "VoteAnswer_pkey" TO vote_answers_pkey;
ALTER TABLE vote_answers RENAME CONSTRAINT "VoteAnswer_voteId_fkey" TO vote_answers_vote_id_fkey;
ALTER TABLE vote_imports RENAME CONSTRAINT "VoteImport_boardId_fkey" TO vote_imports_board_id_fkey;
ALTER TABLE vote_imports RENAME CONSTRAINT "VoteImport_pkey" TO vote_imports_pkey;
ALTER TABLE vote_imports RENAME CONSTRAINT "VoteImport_ranges" TO vote_imports_ranges;
ALTER TABLE voters RENAME CONSTRAINT "Voter_pkey" TO voters_pkey;
ALTER TABLE votes RENAME CONSTRAINT "Vote_battleId_fkey" TO votes_battle_id_fkey;
ALTER TABLE votes RENAME CONSTRAINT "Vote_boardId_fkey" TO votes_board_id_fkey;
ALTER TABLE votes RENAME CONSTRAINT "Vote_leftModelId_fkey" TO votes_left_model_id_fkey;
ALTER TABLE votes RENAME CONSTRAINT "Vote_pkey" TO votes_pkey;
ALTER TABLE votes RENAME CONSTRAINT "Vote_quarantineId_fkey" TO votes_quarantine_id_fkey;
ALTER TABLE votes RENAME CONSTRAINT "Vote_ranges" TO votes_ranges;
ALTER TABLE votes RENAME CONSTRAINT "Vote_rightModelId_fkey" TO votes_right_model_id_fkey;
ALTER TABLE votes RENAME CONSTRAINT "Vote_voterId_fkey" TO votes_voter_id_fkey;

-- Indexes.
ALTER INDEX "Battle_addressHash_createdAt_idx" RENAME TO battles_address_hash_created_at_idx;
ALTER INDEX "Battle_boardId_createdAt_idx" RENAME TO battles_board_id_created_at_idx;
ALTER INDEX "Battle_importId_importLine_key" RENAME TO battles_import_id_import_line_key;
ALTER INDEX "Battle_leftSampleId_idx" RENAME TO battles_left_sample_id_idx;
ALTER INDEX "Battle_networkHash_createdAt_idx" RENAME TO battles_network_hash_created_at_idx;
ALTER INDEX "Battle_promptId_idx" RENAME TO battles_prompt_id_idx;
ALTER INDEX "Battle_rightSampleId_idx" RENAME TO battles_right_sample_id_idx;
ALTER INDEX "Battle_voterId_boardId_idx" RENAME TO battles_voter_id_board_id_idx;
ALTER INDEX "Board_slug_key" RENAME TO boards_slug_key;
ALTER INDEX "Checklist_promptId_idx" RENAME TO checklists_prompt_id_idx;
ALTER INDEX "CriterionSnapshot_boardId_category_createdAt_idx" RENAME TO criterion_snapshots_board_id_category_created_at_idx;
ALTER INDEX "DemoPicture_artifactHash_idx" RENAME TO demo_images_artifact_hash_idx;
ALTER INDEX "DemoPicture_filmstripHash_idx" RENAME TO demo_images_filmstrip_hash_idx;
ALTER INDEX "DemoPicture_model_weights_prompt_seed_sampler_steps_guidanc_key" RENAME TO demo_images_model_weights_prompt_seed_sampler_steps_guidanc_key;
ALTER INDEX "DrawingPicture_artifactHash_idx" RENAME TO drawing_images_artifact_hash_idx;
ALTER INDEX "Drawing_createdAt_idx" RENAME TO drawings_created_at_idx;
ALTER INDEX "EncoderExamination_referenceId_idx" RENAME TO encoder_examinations_reference_id_idx;
ALTER INDEX "Endpoint_modelId_key" RENAME TO endpoints_model_id_key;
ALTER INDEX "Grade_promptId_idx" RENAME TO grades_prompt_id_idx;
ALTER INDEX "JudgeCanaryVerdict_judgeId_createdAt_idx" RENAME TO judge_canary_verdicts_judge_id_created_at_idx;
ALTER INDEX "JudgeCanaryVerdict_judgeId_rubric_kind_variant_sampleId_spo_key" RENAME TO judge_canary_verdicts_judge_id_rubric_kind_variant_sample_i_key;
ALTER INDEX "JudgeCanaryVerdict_sampleId_idx" RENAME TO judge_canary_verdicts_sample_id_idx;
ALTER INDEX "JudgePairVerdict_aSampleId_bSampleId_idx" RENAME TO judge_pair_verdicts_a_sample_id_b_sample_id_idx;
ALTER INDEX "JudgePairVerdict_bSampleId_idx" RENAME TO judge_pair_verdicts_b_sample_id_idx;
ALTER INDEX "JudgePairVerdict_judgeId_createdAt_idx" RENAME TO judge_pair_verdicts_judge_id_created_at_idx;
ALTER INDEX "JudgePairVerdict_judgeId_rubric_aSampleId_bSampleId_key" RENAME TO judge_pair_verdicts_judge_id_rubric_a_sample_id_b_sample_id_key;
ALTER INDEX "JudgePair_boardId_firstSampleId_secondSampleId_key" RENAME TO judge_pairs_board_id_first_sample_id_second_sample_id_key;
ALTER INDEX "JudgePair_firstSampleId_idx" RENAME TO judge_pairs_first_sample_id_idx;
ALTER INDEX "JudgePair_secondSampleId_idx" RENAME TO judge_pairs_second_sample_id_idx;
ALTER INDEX "JudgeSampleVerdict_judgeId_createdAt_idx" RENAME TO judge_sample_verdicts_judge_id_created_at_idx;
ALTER INDEX "JudgeSampleVerdict_sampleId_judgeId_rubric_questionSetVersi_key" RENAME TO judge_sample_verdicts_sample_id_judge_id_rubric_question_se_key;
ALTER INDEX "JudgeTask_boardId_idx" RENAME TO judge_tasks_board_id_idx;
ALTER INDEX "JudgeTask_judgeId_rubric_questionSetVersion_boardId_canarie_key" RENAME TO judge_tasks_judge_id_rubric_question_set_version_board_id_c_key;
ALTER INDEX "JudgeTask_judgeId_rubric_questionSetVersion_runId_key" RENAME TO judge_tasks_judge_id_rubric_question_set_version_run_id_key;
ALTER INDEX "JudgeTask_runId_idx" RENAME TO judge_tasks_run_id_idx;
ALTER INDEX "Judge_slug_key" RENAME TO judges_slug_key;
ALTER INDEX "MetricResult_runId_protocolHash_key" RENAME TO metric_results_run_id_protocol_hash_key;
ALTER INDEX "Model_slug_key" RENAME TO models_slug_key;
ALTER INDEX "PromptSet_slug_key" RENAME TO prompt_sets_slug_key;
ALTER INDEX "Prompt_promptSetId_arena_idx" RENAME TO prompts_prompt_set_id_arena_idx;
ALTER INDEX "Prompt_promptSetId_index_key" RENAME TO prompts_prompt_set_id_index_key;
ALTER INDEX "Quarantine_boardId_state_idx" RENAME TO quarantines_board_id_state_idx;
ALTER INDEX "QuestionSet_promptSetId_version_key" RENAME TO question_sets_prompt_set_id_version_key;
ALTER INDEX "RatingEvent_boardId_seq_idx" RENAME TO rating_events_board_id_seq_idx;
ALTER INDEX "RatingEvent_voteId_key" RENAME TO rating_events_vote_id_key;
ALTER INDEX "RatingSnapshotRow_modelId_idx" RENAME TO rating_snapshot_rows_model_id_idx;
ALTER INDEX "RatingSnapshot_boardId_category_control_createdAt_idx" RENAME TO rating_snapshots_board_id_category_control_created_at_idx;
ALTER INDEX "Reconstruction_artifactHash_idx" RENAME TO reconstructions_artifact_hash_idx;
ALTER INDEX "ReferencePicture_artifactHash_idx" RENAME TO reference_images_artifact_hash_idx;
ALTER INDEX "ReferenceSet_manifestSha256_extractorId_preprocessing_key" RENAME TO reference_sets_manifest_sha256_encoder_id_preprocessing_key;
ALTER INDEX "RunPair_secondRunId_idx" RENAME TO run_pairs_second_run_id_idx;
ALTER INDEX "Run_modelId_idx" RENAME TO runs_model_id_idx;
ALTER INDEX "Run_state_idx" RENAME TO runs_state_idx;
ALTER INDEX "SampleFailure_promptId_idx" RENAME TO sample_failures_prompt_id_idx;
ALTER INDEX "SampleFailure_runId_promptId_index_key" RENAME TO sample_failures_run_id_prompt_id_index_key;
ALTER INDEX "Sample_artifactHash_idx" RENAME TO samples_artifact_hash_idx;
ALTER INDEX "Sample_modelId_idx" RENAME TO samples_model_id_idx;
ALTER INDEX "Sample_promptId_idx" RENAME TO samples_prompt_id_idx;
ALTER INDEX "Sample_runId_promptId_index_key" RENAME TO samples_run_id_prompt_id_index_key;
ALTER INDEX "VoteImport_boardId_sha256_key" RENAME TO vote_imports_board_id_sha256_key;
ALTER INDEX "Vote_battleId_key" RENAME TO votes_battle_id_key;
ALTER INDEX "Vote_boardId_createdAt_idx" RENAME TO votes_board_id_created_at_idx;
ALTER INDEX "Vote_quarantineId_idx" RENAME TO votes_quarantine_id_idx;
ALTER INDEX "Vote_uncounted" RENAME TO votes_uncounted;
ALTER INDEX "Vote_voterId_idx" RENAME TO votes_voter_id_idx;

-- Sequences.
ALTER SEQUENCE "RatingEvent_seq_seq" RENAME TO rating_events_seq_seq;

COMMIT;
