"""An app above training, as "competence" or "evaluations" will be: all three ways up, and nothing else of training."""
